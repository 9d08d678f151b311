package fetch.cli;

import fetch.http.url.HttpUrlParser;
import fetch.input.TargetParser.Parsed;
import java.util.TimeZone;

/**
 * Sets up what the first request of every run needs, on a second processor while the command line
 * is read.
 */
final class WarmUp {
  private WarmUp() {}

  /**
   * Starts a daemon thread. What fails there fails again, and is reported, where it is needed.
   *
   * @param exit is prepared last
   */
  static void begin(ProcessExit exit) {
    Thread.ofPlatform()
        .daemon()
        .name("warm-up")
        .uncaughtExceptionHandler((_, _) -> {})
        .start(() -> run(exit));
  }

  private static void run(ProcessExit exit) {
    TimeZone.getTimeZone("GMT"); // OkHttp asks for it, and Java reads all time zones
    Parsed _ = new HttpUrlParser().parse("http://localhost/"); // reads tables of Unicode
    openJars();
    Thread.ofVirtual().name("warm-up-", 0).factory().newThread(() -> {}).start(); // makes carriers
    exit.prepare();
  }

  /**
   * Opens all jars that are not open yet. Classes that are not in the start-up cache, such as those
   * for a lack of descriptors, are then found without another descriptor.
   */
  static void openJars() {
    ClassLoader.getSystemResource("in/no/jar"); // is sought in all
  }
}

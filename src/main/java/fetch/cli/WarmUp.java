package fetch.cli;

import fetch.http.url.HttpUrlParser;
import fetch.input.TargetParser.Parsed;
import java.net.URL;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Sets up what the first request of every run needs, on a second processor while the command line
 * is read.
 */
final class WarmUp {
  /** Looks for what is in no jar, which opens all. */
  private final FutureTask<@Nullable URL> jars =
      new FutureTask<>(() -> ClassLoader.getSystemResource("in/no/jar"));

  /**
   * Starts a daemon thread. What fails there fails again, and is reported, where it is needed.
   *
   * @param exit is prepared last
   */
  void begin(ProcessExit exit) {
    Thread.ofPlatform()
        .daemon()
        .name("warm-up")
        .uncaughtExceptionHandler((_, _) -> {})
        .start(() -> run(exit));
  }

  private void run(ProcessExit exit) {
    TimeZone.getTimeZone("GMT"); // OkHttp asks for it, and Java reads all time zones
    Parsed _ = new HttpUrlParser().parse("http://localhost/"); // reads tables of Unicode
    jars.run();
    Thread.ofVirtual().name("warm-up-", 0).factory().newThread(() -> {}).start(); // makes carriers
    exit.prepare();
  }

  /**
   * Opens all jars, or waits until they are. Classes that are not in the start-up cache, such as
   * those for a lack of descriptors, are then found without another descriptor.
   */
  void openJars() {
    jars.run(); // unless it ran
    try {
      jars.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}

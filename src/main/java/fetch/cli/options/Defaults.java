package fetch.cli.options;

import fetch.engine.Settings;
import java.time.Duration;

/** Formats the defaults of the {@link Settings} in the syntax of their options. */
final class Defaults {
  private static final long MINUTE = 60;

  private Defaults() {}

  /** Such as {@code 10s} or {@code 2m}. */
  static String of(Duration time) {
    long seconds = time.toSeconds();
    if (seconds * 1000 != time.toMillis()) {
      return time.toMillis() + "ms";
    }
    return seconds >= MINUTE && seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
  }
}

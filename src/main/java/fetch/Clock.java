package fetch;

/**
 * The one clock of a run. All code that measures or waits uses it, so that tests can set the time.
 */
public interface Clock {
  /** Monotonic nanoseconds from an arbitrary origin, as {@link System#nanoTime()}. */
  long nanoTime();

  /** Milliseconds since the Unix epoch. */
  long epochMillis();

  static Clock system() {
    return new Clock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public long epochMillis() {
        return System.currentTimeMillis();
      }
    };
  }
}

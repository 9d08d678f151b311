package fetch;

/** The one clock of a run, handed to whatever measures or waits, so that a test can turn it. */
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

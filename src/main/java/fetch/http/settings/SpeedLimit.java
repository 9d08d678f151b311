package fetch.http.settings;

import java.time.Duration;

/**
 * How slow a transfer may be, as curl's {@code --speed-limit} and {@code --speed-time}.
 *
 * @param bytesPerSecond the least of a body that must come in each second on average, on the wire
 * @param time over how long the average is taken
 */
public record SpeedLimit(long bytesPerSecond, Duration time) {
  /** The average is looked at so many times in the time that it is taken over. */
  private static final int LOOKS = 10;

  /** How long to wait between two looks. */
  public long nanosBetweenLooks() {
    return Math.max(1, time.toNanos() / LOOKS);
  }

  /** Follows one transfer. */
  public Gauge gauge() {
    return new Gauge();
  }

  private double least() {
    return bytesPerSecond * (double) time.toNanos() / Duration.ofSeconds(1).toNanos();
  }

  /** What had come at each of the last looks. */
  public final class Gauge {
    private final long[] received = new long[LOOKS];
    private int looks;

    /**
     * Whether the transfer has been too slow; to be asked at every look.
     *
     * @param bytes what has come since the transfer began
     */
    public boolean isTooSlow(long bytes) {
      looks++;
      int slot = looks % LOOKS; // of the look to which the time has come round
      long before = received[slot];
      received[slot] = bytes;
      return looks >= LOOKS && bytes - before < least();
    }
  }
}

package fetch.http.settings;

import java.time.Duration;

/**
 * The least speed of a transfer, as curl's {@code --speed-limit} and {@code --speed-time}.
 *
 * @param bytesPerSecond the least average of body bytes per second, on the wire
 * @param time the period of the average
 */
public record SpeedLimit(long bytesPerSecond, Duration time) {
  /** How often the average is checked within its period. */
  private static final int LOOKS = 10;

  /** The time between two checks. */
  public long nanosBetweenLooks() {
    return Math.max(1, time.toNanos() / LOOKS);
  }

  /** Measures one transfer. */
  public Gauge gauge() {
    return new Gauge();
  }

  private double least() {
    return bytesPerSecond * (double) time.toNanos() / Duration.ofSeconds(1).toNanos();
  }

  /** Has the byte counts at the latest checks. */
  public final class Gauge {
    private final long[] received = new long[LOOKS];
    private int looks;

    /**
     * Whether the transfer is too slow; called at every check.
     *
     * @param bytes those received since the transfer began
     */
    public boolean isTooSlow(long bytes) {
      looks++;
      int slot = looks % LOOKS; // the oldest check, one period ago
      long before = received[slot];
      received[slot] = bytes;
      return looks >= LOOKS && bytes - before < least();
    }
  }
}

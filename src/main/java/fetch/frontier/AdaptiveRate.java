package fetch.frontier;

/**
 * Finds the rate that a host allows after it sent 429 or 503 with Retry-After: one request probes
 * first, then the rate grows until the host refuses again.
 *
 * <ul>
 *   <li>At first the rate is four a second; it doubles every quarter of a second.
 *   <li>When the host refuses again, the rate restarts a little below the one that the host
 *       recently allowed. It stays there for three hold times and doubles over the next ten. If the
 *       host allowed this rate to the end, the next plateau is twice as long.
 *   <li>The rate is at least one request per hold time.
 *   <li>After three refused probes in a row the rate is not limited until the host allows a
 *       request.
 * </ul>
 *
 * A hold time is the value of Retry-After. A rate is needed because requests that resume together
 * are refused together. Moments and times are in nanoseconds; the caller is the clock. For one
 * thread.
 */
final class AdaptiveRate {
  private static final double SECOND = 1e9;
  private static final double FIRST_RATE = 4 / SECOND;
  private static final double FIRST_DOUBLING = SECOND / 4;
  private static final int FIRST_PLATEAU_HOLDS = 3;
  private static final int LONGEST_PLATEAU_HOLDS = 60;
  private static final int DOUBLING_HOLDS = 10;
  private static final int MOST_REFUSED = 3;

  /**
   * A host's token bucket fills during a hold: right after it, the host allows an extra quarter of
   * a hold's worth.
   */
  private static final double BURST = 0.25;

  private static final double BELOW_ALLOWED = 0.95;
  private static final double BELOW_FIRST = 0.9;

  /** With fewer allowed requests than this, the rate was much too high and is halved. */
  private static final int LEAST_COUNT = 5;

  /** From this rate on, requests are not limited. */
  private static final double UNLIMITED = 10_000 / SECOND;

  private enum State {
    /** No request starts. */
    HELD,
    /** One request at a time probes whether the host allows requests again. */
    PROBING,
    /** Requests start at a rate. */
    PACED,
    /** The host refused all probes: its requests are not limited. */
    REFUSING
  }

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  private State state = State.HELD;
  private boolean allowed;
  private int refused;
  private double hold;

  /** When the host allowed the first request after the last hold. */
  private long start;

  /** The rate to start with, in requests per nanosecond; 0 until measured. */
  private double measured;

  /** How long that rate stays constant, in hold times. */
  private int plateau = FIRST_PLATEAU_HOLDS;

  /** When the next request may start, in nanoseconds from the start. */
  private double next;

  private AllowedLately lately = new AllowedLately(0, SECOND);

  /**
   * Begins with the first refusal.
   *
   * @param allowed whether the host allowed requests before
   */
  AdaptiveRate(boolean allowed, long nanos) {
    this.allowed = allowed;
    this.hold = nanos;
  }

  /** Whether a status refuses a request that may be made later (RFC 6585 and RFC 9110). */
  static boolean isRefusal(int status) {
    return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
  }

  /** Records a refusal with this hold time. */
  void hold(long now, long nanos) {
    switch (state) {
      case HELD -> hold = Math.max(hold, (double) nanos);
      case PROBING -> {
        refused++;
        hold = nanos;
      }
      case PACED -> {
        measure(now);
        hold = nanos;
      }
      case REFUSING -> hold = nanos;
    }
    state = State.HELD;
  }

  /**
   * At the first measurement the rate has just doubled, and the host's bucket filled while the rate
   * was low: the allowed rate is between half of the last rate and the mean.
   */
  private void measure(long now) {
    double span = lately.span(now);
    long count = lately.count();
    if (measured == 0) {
      measured = BELOW_FIRST * (count / Math.max(1, span) + rate(now) / 2) / 2;
      return;
    }
    if (now - start > plateau * hold) {
      plateau = Math.min(LONGEST_PLATEAU_HOLDS, 2 * plateau);
    }
    boolean sinceHold = span >= now - start;
    measured =
        count < LEAST_COUNT
            ? measured / 2
            : BELOW_ALLOWED * count / (span + (sinceHold ? BURST * hold : 0));
  }

  /** Ends the hold. */
  void release() {
    if (state == State.HELD) {
      allowed = false;
      state = refused < MOST_REFUSED ? State.PROBING : State.REFUSING;
    }
  }

  /** Records an allowed request. */
  void allow(long now) {
    allowed = true;
    switch (state) {
      case HELD -> {} // it was requested before the hold
      case PACED -> lately.add(now);
      case PROBING, REFUSING -> {
        state = State.PACED;
        refused = 0;
        start = now;
        next = 1 / rate(now);
        lately = new AllowedLately(now, Math.clamp(hold, SECOND, 5 * SECOND));
        lately.add(now);
      }
    }
  }

  /** Whether the host allowed a request since it was last held. */
  boolean hasAllowed() {
    return allowed;
  }

  /** Whether only one request at a time may be in flight. */
  boolean isProbing() {
    return state == State.PROBING;
  }

  /** The time until a request may start; 0 for now. */
  long delay(long now) {
    boolean paced = state == State.PACED && rate(now) < UNLIMITED;
    return paced ? Math.max(0, (long) Math.ceil(next - (now - start))) : 0;
  }

  /** Records the start of a request. */
  void start(long now) {
    if (state == State.PACED) {
      next = Math.max(next, (double) (now - start)) + 1 / rate(now);
    }
  }

  private double rate(long now) {
    double elapsed = now - start;
    boolean first = measured == 0;
    double growing = first ? elapsed : Math.max(0, elapsed - plateau * hold);
    double doubling = first ? FIRST_DOUBLING : DOUBLING_HOLDS * hold;
    double from = Math.max(1 / hold, first ? FIRST_RATE : measured);
    return from * Math.pow(2, Math.min(50, growing / doubling));
  }

  /** Whether the rate is so high that it limits nothing. */
  boolean isOver(long now) {
    return state == State.PACED && rate(now) >= UNLIMITED;
  }

  /** Counts the allowed requests in the current time window and the one before. */
  private static final class AllowedLately {
    private final double length;
    private double start;
    private long count;
    private long countBefore;
    private boolean isFirst = true;

    AllowedLately(long start, double length) {
      this.start = start;
      this.length = length;
    }

    void add(long now) {
      roll(now);
      count++;
    }

    private void roll(long now) {
      double elapsed = now - start;
      if (elapsed >= length) {
        boolean isNext = elapsed < 2 * length;
        countBefore = isNext ? count : 0;
        start = isNext ? start + length : now;
        count = 0;
        isFirst = false;
      }
    }

    double span(long now) {
      roll(now);
      return now - start + (isFirst ? 0 : length);
    }

    long count() {
      return count + countBefore;
    }
  }
}

package fetch.frontier;

/**
 * What is known of a number of requests in flight: what it is worth, and how long responses take,
 * with as many and with fewer. For one thread.
 */
final class KnownLoad {
  /** From this ratio of latencies on, requests wait in a queue of the server. */
  private static final double QUEUEING = 1.5;

  /** From this part of the possible gain on, the latency alone says that more are better. */
  private static final double CLEAR = 0.5;

  /** Up to this part of the possible loss, half are enough: that costs 5% at most. */
  private static final double WORTH_HALVING = 0.1;

  /** From this part of the possible gain on, more are better, however little is known. */
  private static final double GREAT_GAIN = 0.2;

  /** From this part of the possible gain on, more are better: 6% for twice as many. */
  private static final double GAIN = 0.06;

  /**
   * A gain must exceed that part by this number of standard deviations. A higher number leaves
   * small gains unused; a lower one follows chance upwards, until half are tried.
   */
  private static final double SURE = 0.7;

  /** A loss is clear if it exceeds chance by this number of standard deviations. */
  private static final double CHANCE = 2;

  /** Below this part of its worth, the server or the network has changed. */
  private static final double COLLAPSED = 0.7;

  /** Fewer with a latency of their own are at most this part. */
  private static final double CLEARLY_FEWER = 0.8;

  /** Responses with more in flight that take less than this part have become quicker. */
  private static final double OUTDATED = 0.8;

  /** The figures are an average of this many windows at most. */
  private static final int MOST_WINDOWS = 4;

  private int limit;
  private double worth;
  private double latency;
  private double refused;
  private int windows;

  /** The standard deviation of its worth, as a part of it. */
  private double chance;

  /** How long responses took with fewer in flight, and how many these were. */
  private double shortLatency;

  private int shortAt = Integer.MAX_VALUE;

  KnownLoad(int limit) {
    this.limit = limit;
  }

  /** The number of requests in flight. */
  int limit() {
    return limit;
  }

  /** Whether its figures must be measured, as they are unknown or only estimates. */
  boolean isVague() {
    return windows == 0;
  }

  /** The part of the requests that were refused. */
  double refused() {
    return refused;
  }

  /** Moves to a limit with the figures of a window. */
  void moveTo(int other, LoadWindow window, long now) {
    moveTo(other, window.worth(now), window.latency());
    refused = window.refusedPart();
    windows = 1;
    chance = window.chance();
  }

  /** Moves to a limit whose figures are estimates. */
  void moveTo(int other, double itsWorth, double itsLatency) {
    if (other > limit) {
      learnShort(limit, latency);
    }
    limit = other;
    worth = Math.max(Double.MIN_NORMAL, itsWorth);
    latency = itsLatency;
    windows = 0;
    chance = 1 / Math.sqrt(limit); // as of one response each
  }

  /** Moves to a limit without figures of its own; keeps the last ones as estimates. */
  void moveTo(int other) {
    moveTo(other, worth, latency);
  }

  /** Records how long responses take with fewer in flight. */
  void learnShort(int fewer, double itsLatency) {
    shortAt = fewer;
    shortLatency = itsLatency;
  }

  /** Makes the figures estimates, to be measured again. */
  void forget() {
    windows = 0;
  }

  /** Adds a window to the figures. */
  void add(LoadWindow window, long now) {
    windows = Math.min(MOST_WINDOWS, windows + 1);
    worth += (window.worth(now) - worth) / windows;
    latency += (window.latency() - latency) / windows;
    refused = window.refusedPart();
    chance = Math.hypot((windows - 1) * chance, window.chance()) / windows;
  }

  /** Whether it is suddenly worth much less. */
  boolean isCollapse(double present) {
    return !isVague() && present < COLLAPSED * worth;
  }

  /** The gain or loss with another limit, as a part of what it would be at the same latency. */
  double effect(int other, double itsWorth) {
    return (itsWorth / worth - 1) / ((double) other / limit - 1);
  }

  /** Whether a higher limit is clearly better, by latency alone: more are in flight at a time. */
  boolean isClearGain(int more, double itsLatency) {
    return effect(more, worth * more * latency / (limit * itsLatency)) >= CLEAR;
  }

  /** Whether a higher limit is better, beyond chance. */
  boolean isGain(int more, LoadWindow window, long now) {
    double gain = effect(more, window.worth(now));
    double deviation = Math.hypot(chance, window.chance()) / ((double) more / limit - 1);
    return gain >= GREAT_GAIN || gain > GAIN + SURE * deviation;
  }

  /** Whether fewer are not enough. */
  boolean isLoss(int fewer, double itsWorth) {
    return effect(fewer, itsWorth) >= WORTH_HALVING;
  }

  /**
   * Whether it is known if fewer are enough; a window in which that is unclear goes on.
   *
   * @param enough the number of responses that suffices if there is no loss
   */
  boolean isLossKnown(int fewer, LoadWindow window, int enough, long now) {
    double loss = effect(fewer, window.worth(now)) - WORTH_HALVING;
    int count = window.count();
    double chance = CHANCE / (Math.sqrt(count) * (1 - (double) fewer / limit));
    return loss > chance || (loss < 0 && count >= enough) || count >= 4 * enough;
  }

  /** Whether fewer may be worth as much: responses would be quicker, or that is unknown. */
  boolean isQueueing() {
    return isShortUnknown() || latency > QUEUEING * shortLatency;
  }

  /** Whether the latency with fewer is unknown, or outdated as responses became quicker. */
  boolean isShortUnknown() {
    return shortAt > CLEARLY_FEWER * limit || latency < OUTDATED * shortLatency;
  }
}

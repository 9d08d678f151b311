package fetch.frontier;

import fetch.WorkersUsed;

/**
 * Finds how many requests in flight are worthwhile, by the throughput that it measures.
 *
 * <ul>
 *   <li>Slow start: the limit doubles with each response time, as long as responses take hardly
 *       longer than before.
 *   <li>Otherwise the limit doubles as long as that brings 40% of the possible gain in throughput.
 *       It stays if that brings 20%, or 6% and more than chance may bring.
 *   <li>Then it holds, tries now and then whether twice as many are better, and whether half are
 *       enough. These are tried when responses take longer than they did with fewer in flight, and
 *       rarely otherwise; where half are enough, half of these are tried. Tries that change nothing
 *       become rarer.
 *   <li>The throughput counts what servers did not refuse. Refusals (429, 503, timeouts, broken
 *       connections) lower its worth, and a few of them end a try with more at once. The limit is
 *       then sought by halving the distance.
 *   <li>While the requests in flight stay below the limit, nothing is concluded.
 * </ul>
 *
 * A window is the time of four responses per request in flight, but of {@value #ROUGH}, at most 5
 * seconds. After each change, requests in flight from before are awaited. Additive increase with
 * multiplicative decrease isn't used: it needs a refusal to find its limit. For one thread.
 */
final class AdaptiveWorkers {
  static final int START = 8; // half of the fixed number that is the default

  private static final int FEW = 16;
  private static final int ROUGH = 64;

  /** From this part of the possible gain on, slow start goes on. */
  private static final double GREAT = 0.8;

  /** From this part of the possible gain on, the limit doubles again. */
  private static final double WORTH_DOUBLING = 0.4;

  private static final double HEADROOM = 1.1;

  /** From this part of refused requests on, the limit may be the reason. */
  private static final double MUCH = 0.1;

  private static final double VERY_MUCH = 0.3;

  /** From this part of refused requests on, the search continues with fewer. */
  private static final double SOME = 0.02;

  /** Less than this part of the limit in flight says nothing about the limit. */
  private static final double USED = 0.75;

  /** After refusals, the next step upwards is this part of the limit. */
  private static final double SMALLEST_STEP = 0.125;

  private final int most;
  private final KnownLoad base;
  private final Patience patience = new Patience();
  private final WorkersRange range;
  private final LoadWindow window = new LoadWindow();

  private WorkersState state = WorkersState.STARTING;
  private int limit;
  private int inFlight;

  /** The lowest limit that was refused much, while the highest that is not is sought. */
  private int refusedAt = Integer.MAX_VALUE;

  /** The next step upwards, as a part of the limit. */
  private double step = 1;

  private boolean isSlowStart = true;

  /** Whether half are tried again and again: at the start, and after a collapse. */
  private boolean falling = true;

  /** How many requests from before the last change are in flight. */
  private int before;

  private boolean measuring;

  /** The worth in the window before, in the same state; 0 for none. */
  private double previous;

  AdaptiveWorkers(int most) {
    this(most, START);
  }

  /**
   * @param start the first limit
   */
  AdaptiveWorkers(int most, int start) {
    this.most = most;
    this.limit = Math.min(start, most);
    this.base = new KnownLoad(limit);
    this.range = new WorkersRange(limit);
  }

  /** The most requests in flight. */
  int limit() {
    return limit;
  }

  /** The limits, as far as they were used. */
  WorkersUsed used() {
    return range.used(base.limit());
  }

  /** Records the start of a request. It counts among those in flight. */
  void began(int count, long now) {
    inFlight = count;
    range.addInFlight(count);
    if (measuring) {
      window.pass(count - 1, now);
    } else if (state == WorkersState.STARTING && count >= limit) {
      window.change(now, limit, 0);
      measure(now);
    }
  }

  /**
   * Records the end of a request.
   *
   * @param nanos how long it took
   * @param count in flight without it
   */
  void ended(LoadSign sign, long nanos, int count, long now) {
    inFlight = count;
    window.add(sign, nanos, now);
    if (isRefused()) {
      refuse(now);
    } else if (isClear(now)) {
      falling = false;
      base.moveTo(limit, limit / window.freshLatency(), window.freshLatency());
      tryMore(now);
    } else if (before > 0) {
      before--;
      if (before == 0) {
        measure(now);
      }
    } else if (measuring) {
      window.pass(count + 1, now);
      if (isWindowOver(now)) {
        close(now);
      }
    }
  }

  private void measure(long now) {
    measuring = true;
    range.startWindow(inFlight);
    window.start(now);
  }

  /** Whether clearly more is refused than at the base, or fewer in flight do not help. */
  private boolean isRefused() {
    return switch (state) {
      case TRYING_MORE -> isRefused(limit / 8, 3 * base.refused() + MUCH);
      case TRYING_FEWER -> base.refused() > VERY_MUCH && isRefused(limit, VERY_MUCH);
      case STARTING, HOLDING -> isRefused(limit, 3 * base.refused() + VERY_MUCH);
    };
  }

  private boolean isRefused(int count, double part) {
    return window.refused() >= Math.max(4, count) && window.refusedPart() > part;
  }

  /** Whether the added requests got responses soon enough to double the limit at once. */
  private boolean isClear(long now) {
    return state == WorkersState.TRYING_MORE
        && isSlowStart
        && !isSearching()
        && window.fresh() >= Math.max(4, limit - base.limit())
        && window.refused() == 0
        && window.isQuickOver(now)
        && inFlight >= USED * limit - 1
        && base.isClearGain(limit, window.freshLatency());
  }

  private boolean isSearching() {
    return refusedAt < Integer.MAX_VALUE;
  }

  private boolean isWindowOver(long now) {
    int count = window.count();
    if (state == WorkersState.STARTING && count >= limit && window.refused() == 0) {
      return window.isQuickOver(now);
    }
    int enough = enough();
    if (state == WorkersState.TRYING_FEWER) {
      return count >= Math.max(FEW, limit)
          && base.isLossKnown(limit, window, enough, now)
          && window.isOver(enough, now);
    }
    return count >= enough
        ? window.isOver(enough, now)
        : count >= 2 * limit && window.isLong(isRough(), now);
  }

  private boolean isRough() {
    return state != WorkersState.HOLDING && (state != WorkersState.TRYING_FEWER || falling);
  }

  private int enough() {
    if (state == WorkersState.TRYING_MORE && isSearching()) {
      return Math.max(FEW, 2 * limit);
    }
    return Math.max(ROUGH, (isRough() ? 2 : 4) * limit);
  }

  private void close(long now) {
    double worth = window.worth(now);
    double used = window.inFlight(now);
    if (used > HEADROOM * limit + 1) {
      base.moveTo(Math.min((int) used, most)); // another limit holds
      holdOn(now);
    } else if (used < USED * limit) {
      giveUp(used, now);
    } else if (isRough() && window.count() >= 4 * enough() && !window.agrees(previous, now)) {
      previous = worth;
      measure(now);
    } else {
      judge(worth, now);
    }
  }

  /**
   * Ends a try for which there were not enough requests. A higher limit is kept if the base was
   * used: of the limits for a host and for the run, each would otherwise wait for the other.
   */
  private void giveUp(double used, long now) {
    if (state == WorkersState.STARTING || state == WorkersState.HOLDING) {
      measure(now);
      return;
    }
    if (limit > base.limit() && used >= USED * base.limit()) {
      base.moveTo(limit);
    }
    holdOn(now);
  }

  private void judge(double worth, long now) {
    switch (state) {
      case STARTING -> {
        base.moveTo(limit, window, now);
        if (base.refused() > MUCH) {
          tryFewer(now);
        } else {
          tryMore(now);
        }
      }
      case HOLDING -> keep(worth, now);
      case TRYING_MORE -> judgeMore(worth, now);
      case TRYING_FEWER -> judgeFewer(worth, now);
    }
  }

  private void keep(double worth, long now) {
    if (base.isCollapse(worth)) {
      falling = true;
      base.forget(); // measures again, as this window began before the change
      measure(now);
      return;
    }
    base.add(window, now);
    patience.endWindow();
    if (base.limit() > 1 && (falling || patience.isTimeForFewer(base.isQueueing()))) {
      tryFewer(now);
    } else if (patience.isTimeForMore() && base.limit() < most) {
      tryMore(now);
    } else {
      measure(now);
    }
  }

  private void judgeMore(double worth, long now) {
    if (isSearching()) {
      if (window.refusedPart() > 3 * base.refused() + SOME) {
        refusedAt = limit;
      } else {
        base.moveTo(limit, window, now);
      }
      search(now);
      return;
    }
    if (base.isGain(limit, window, now)) {
      double effect = base.effect(limit, worth);
      falling = false;
      base.moveTo(limit, window, now);
      patience.rewardMore();
      step = Math.min(1, 2 * step);
      if (effect >= WORTH_DOUBLING) {
        isSlowStart = effect >= GREAT;
        tryMore(now);
        return;
      }
      base.forget();
    } else if (base.isVague()) {
      patience.hurryMore(); // the estimate promised too much
    } else {
      patience.punishMore();
    }
    holdOn(now);
  }

  /** Ends a try with more, or leaves a limit that the server suddenly refuses. */
  private void refuse(long now) {
    if (state == WorkersState.TRYING_MORE) {
      refusedAt = limit;
      search(now);
    } else {
      base.moveTo(limit, window, now);
      tryFewer(now);
    }
  }

  /** Tries the middle between a limit that is good and one that was refused. */
  private void search(long now) {
    int distance = Math.min(refusedAt, most + 1) - base.limit();
    if (distance > Math.max(1, base.limit() / 32)) {
      change(WorkersState.TRYING_MORE, base.limit() + distance / 2, now);
    } else {
      refusedAt = Integer.MAX_VALUE;
      step = SMALLEST_STEP;
      patience.refuseMore();
      base.forget();
      holdOn(now);
    }
  }

  private void judgeFewer(double worth, long now) {
    if (base.isLoss(limit, worth)) {
      falling = false;
      base.learnShort(limit, window.latency());
      patience.punishFewer();
      holdOn(now);
      return;
    }
    patience.rewardFewer();
    boolean isSaved = base.refused() > MUCH && window.refusedPart() <= MUCH;
    int earlier = base.limit();
    base.moveTo(limit, window, now);
    if (isSaved) {
      falling = false;
      refusedAt = earlier;
      search(now);
    } else {
      tryFewer(now);
    }
  }

  private void tryMore(long now) {
    if (base.limit() >= most) {
      holdOn(now);
    } else {
      change(WorkersState.TRYING_MORE, (int) Math.ceil(base.limit() * (1 + step)), now);
    }
  }

  private void tryFewer(long now) {
    if (base.limit() == 1) {
      falling = false;
      holdOn(now);
    } else {
      falling |= base.isShortUnknown() || base.refused() > MUCH;
      change(WorkersState.TRYING_FEWER, base.limit() / 2, now);
    }
  }

  /** Returns to the base. */
  private void holdOn(long now) {
    isSlowStart = false;
    patience.start();
    change(WorkersState.HOLDING, base.limit(), now);
  }

  private void change(WorkersState next, int wanted, long now) {
    state = next;
    limit = Math.clamp(wanted, 1, most);
    before = inFlight;
    range.addLimit(limit);
    previous = 0;
    window.change(now, limit, Math.max(0, limit - base.limit()) / 2);
    measuring = false;
    if (before == 0) {
      measure(now);
    }
  }
}

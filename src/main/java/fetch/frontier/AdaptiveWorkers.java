package fetch.frontier;

import fetch.WorkersUsed;

/**
 * Finds how many requests in flight are worthwhile, by the throughput that it measures.
 *
 * <ul>
 *   <li>The limit doubles as long as that brings 40% of the possible gain in throughput. At the
 *       start and when the throughput collapses, it halves as long as that costs little.
 *   <li>Then it holds, and tries now a few more and now a few less. More are kept if they bring a
 *       tenth of the possible gain, fewer if they cost less than that.
 *   <li>Tries that change nothing become rarer, down to one in {@value #LONGEST_HOLD} windows.
 *   <li>The throughput counts what servers did not refuse. Refusals (429, 503, timeouts, broken
 *       connections) lower its worth, and many of them end a try with more at once.
 *   <li>While the requests in flight stay below the limit, nothing is concluded.
 * </ul>
 *
 * A window is the time of {@value #PRECISE} responses, at most 5 seconds, but of two per request in
 * flight. After each change, requests in flight from before are awaited. Additive increase with
 * multiplicative decrease isn't used: it needs a refusal to find its limit. For one thread.
 */
final class AdaptiveWorkers {
  static final int START = 8; // half of the fixed number that is the default

  private static final int FEW = 16; // enough responses to see a clear gain
  private static final int ROUGH = 64;
  private static final int PRECISE = 200;
  private static final int LONGEST_HOLD = 16;
  private static final int FIRST_HOLD = 3;
  private static final int HOLD_AFTER_REFUSALS = 64;

  private static final double SHORTEST_NANOS = 100e6;
  private static final double LONGEST_ROUGH_NANOS = 2e9;
  private static final double LONGEST_PRECISE_NANOS = 5e9;

  /** By which part a small step raises or lowers the limit: two of them double or halve it. */
  private static final double MORE = Math.sqrt(2) - 1;

  private static final double FEWER = 1 - Math.sqrt(0.5);

  /** Where more were refused, steps get smaller, down to this. */
  private static final double SMALLEST_STEP = MORE / 8;

  /** From this part of the possible gain on, the limit doubles again. */
  private static final double WORTH_DOUBLING = 0.4;

  /** From this part of the possible gain on, a few responses are enough to double again. */
  private static final double CLEAR = 0.8;

  /** From this part of the possible gain on, twice the limit is kept. */
  private static final double WORTH_KEEPING = 0.2;

  /** From this part of the possible gain or loss on, the larger limit of a small step is kept. */
  private static final double WORTH_A_STEP = 0.1;

  /** The server or the network has changed. */
  private static final double COLLAPSED = 0.7;

  /** Windows at the start are repeated until they agree so well: programs warm up. */
  private static final double STEADY = 1.1;

  /** From this part of refused requests on, the limit may be the reason. */
  private static final double MUCH = 0.1;

  /** Less than this part of the limit in flight says nothing about the limit. */
  private static final double USED = 0.75;

  private enum State {
    /** Measures the first limit. */
    STARTING,
    /** Tries twice the limit. */
    DOUBLING,
    /** Keeps the limit. */
    HOLDING,
    /** Tries a few more. */
    TRYING_MORE,
    /** Tries a few less. */
    TRYING_FEWER
  }

  private final int most;
  private State state = State.STARTING;

  /** The limit that is known to be good. */
  private int base;

  /** The worth of the base, in responses per nanosecond. */
  private double baseWorth;

  /** The part of the requests at the base that were refused. */
  private double baseRefused;

  private int limit;
  private int lowest;
  private int highest;
  private int mostInFlight;

  /** How many windows to hold before the next try. */
  private int hold;

  /** The next small step upwards, as a part of the limit. */
  private double step = MORE;

  private int patienceForMore = FIRST_HOLD;
  private int patienceForFewer = FIRST_HOLD;
  private boolean fewerNext;

  /** Whether fewer are half, as long as that costs little: at the start, and after a collapse. */
  private boolean falling = true;

  /** How many requests from before the last change are in flight. */
  private int before;

  private boolean measuring;
  private final LoadWindow window = new LoadWindow();

  /** The worth in the window before, in the same state; 0 for none. */
  private double previous;

  AdaptiveWorkers(int most) {
    this.most = most;
    this.base = Math.min(START, most);
    this.limit = base;
    this.lowest = base;
    this.highest = base;
  }

  /** The most requests in flight. */
  int limit() {
    return limit;
  }

  /** The limits, as far as they were used. */
  WorkersUsed used() {
    int needed = Math.max(mostInFlight, Math.min(START, most));
    return new WorkersUsed(lowest, Math.min(highest, needed), Math.min(base, needed));
  }

  /** Records the start of a request. It counts among those in flight. */
  void began(int inFlight, long now) {
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (measuring) {
      window.pass(inFlight - 1, now);
    } else if (state == State.STARTING && inFlight >= limit) {
      measure(now);
    }
  }

  /**
   * Records the end of a request.
   *
   * @param inFlight without it
   */
  void ended(LoadSign sign, int inFlight, long now) {
    window.add(sign);
    if (isRefusedMore()) {
      judge(0, now);
    } else if (before > 0) {
      before--;
      if (before == 0) {
        measure(now);
      }
    } else if (measuring) {
      window.pass(inFlight + 1, now);
      if (isWindowOver(now)) {
        close(now);
      }
    }
  }

  private void measure(long now) {
    measuring = true;
    window.start(now);
  }

  /** Whether a try with more workers is refused much more often than fewer were. */
  private boolean isRefusedMore() {
    return (state == State.DOUBLING || state == State.TRYING_MORE)
        && window.refused() >= Math.max(4, limit / 8)
        && window.refusedPart() > 3 * baseRefused + MUCH;
  }

  private boolean isRough() {
    return state == State.STARTING
        || state == State.DOUBLING
        || (state == State.TRYING_FEWER && falling);
  }

  private boolean isWindowOver(long now) {
    long span = window.span(now);
    int count = window.count();
    if (state == State.DOUBLING
        && count == Math.max(FEW, limit)
        && effect(window.worth(now)) >= CLEAR) {
      return span >= SHORTEST_NANOS;
    }
    int enough = enough();
    if (count >= enough) {
      return span >= SHORTEST_NANOS || window.refused() > enough / 2;
    }
    double longest = isRough() ? LONGEST_ROUGH_NANOS : LONGEST_PRECISE_NANOS;
    return span >= longest && count >= 2 * limit;
  }

  private int enough() {
    return switch (state) {
      case STARTING -> ROUGH;
      case DOUBLING -> Math.max(ROUGH, 2 * limit);
      case TRYING_FEWER -> falling ? ROUGH : Math.max(PRECISE, 4 * limit);
      case HOLDING, TRYING_MORE -> Math.max(PRECISE, 4 * limit);
    };
  }

  private void close(long now) {
    double worth = window.worth(now);
    boolean isUsed = window.inFlight(now) >= USED * limit;
    boolean isQuick = window.count() >= 4 * enough();
    if (!isUsed) {
      giveUp(now);
    } else if (isRough() && isQuick && !agrees(worth)) {
      previous = worth;
      measure(now);
    } else {
      if (state == State.STARTING || state == State.HOLDING) {
        baseRefused = window.refusedPart();
      }
      judge(worth, now);
    }
  }

  private boolean agrees(double worth) {
    return worth <= STEADY * previous && previous <= STEADY * worth;
  }

  /**
   * Ends a try for which there were not enough requests. A higher limit is kept if the base was
   * used: of the limits for a host and for the run, each would otherwise wait for the other.
   */
  private void giveUp(long now) {
    if (state == State.STARTING || state == State.HOLDING) {
      measure(now);
      return;
    }
    if (limit > base && window.inFlight(now) >= USED * base) {
      base = limit;
    }
    holdOn(now);
  }

  private void judge(double worth, long now) {
    switch (state) {
      case STARTING -> begin(worth, now);
      case DOUBLING -> judgeDouble(worth, now);
      case HOLDING -> keep(worth, now);
      case TRYING_MORE -> judgeMore(worth, now);
      case TRYING_FEWER -> judgeFewer(worth, now);
    }
  }

  /** The gain or loss of a try as a part of what it would be if each request took as long. */
  private double effect(double worth) {
    return (worth / baseWorth - 1) / ((double) limit / base - 1);
  }

  private void begin(double worth, long now) {
    baseWorth = Math.max(Double.MIN_NORMAL, worth);
    if (baseRefused > MUCH) {
      tryFewer(now);
    } else {
      tryDouble(now);
    }
  }

  private void judgeDouble(double worth, long now) {
    if (worth == 0) {
      refuse();
      holdOn(now);
      return;
    }
    double effect = effect(worth);
    if (effect >= WORTH_KEEPING) {
      accept(worth);
    }
    if (effect >= WORTH_DOUBLING) {
      tryDouble(now);
    } else {
      tryFewer(now);
    }
  }

  private void refuse() {
    patienceForMore = step > SMALLEST_STEP ? FIRST_HOLD : HOLD_AFTER_REFUSALS;
    step = Math.max(SMALLEST_STEP, step / 2);
  }

  private void keep(double worth, long now) {
    boolean isCollapsed = worth < COLLAPSED * baseWorth;
    falling |= isCollapsed;
    baseWorth = isCollapsed ? worth : 0.7 * baseWorth + 0.3 * worth;
    hold -= isCollapsed ? hold : 1;
    fewerNext |= isCollapsed;
    if (hold > 0) {
      measure(now);
    } else if (fewerNext) {
      tryFewer(now);
    } else {
      change(State.TRYING_MORE, base + Math.max(1, (int) (base * step)), now);
    }
  }

  private void judgeMore(double worth, long now) {
    double effect = effect(worth);
    fewerNext = worth > 0;
    if (worth == 0) {
      refuse();
      holdOn(now);
    } else if (effect < WORTH_A_STEP) {
      patienceForMore = Math.min(LONGEST_HOLD, 2 * patienceForMore);
      holdOn(now);
    } else {
      patienceForMore = FIRST_HOLD;
      accept(worth);
      if (effect < 0.6) {
        tryFewer(now); // a trend in time may look like a gain
      } else if (step == MORE) {
        tryDouble(now);
      } else {
        fewerNext = false;
        holdOn(now);
      }
    }
  }

  private void judgeFewer(double worth, long now) {
    fewerNext = false;
    if (effect(worth) < (falling ? WORTH_KEEPING : WORTH_A_STEP)) {
      patienceForFewer = FIRST_HOLD;
      accept(worth);
      boolean isSaved = baseRefused > MUCH && window.refusedPart() <= MUCH;
      baseRefused = window.refusedPart();
      if (isSaved) {
        falling = false;
        refuse();
        holdOn(now);
      } else {
        tryFewer(now);
      }
    } else {
      falling = false;
      patienceForFewer = Math.min(LONGEST_HOLD, 2 * patienceForFewer);
      holdOn(now);
    }
  }

  private void accept(double worth) {
    falling &= limit < base;
    base = limit;
    baseWorth = worth;
  }

  private void tryDouble(long now) {
    if (base >= most) {
      holdOn(now);
    } else {
      change(State.DOUBLING, 2 * base, now);
    }
  }

  private void tryFewer(long now) {
    if (base == 1) {
      holdOn(now);
    } else {
      int less = falling ? base / 2 : Math.max(1, (int) (base * FEWER));
      change(State.TRYING_FEWER, base - less, now);
    }
  }

  private void holdOn(long now) {
    hold = fewerNext ? patienceForFewer : patienceForMore;
    change(State.HOLDING, base, now);
  }

  private void change(State next, int wanted, long now) {
    state = next;
    before = limit;
    limit = Math.clamp(wanted, 1, most);
    lowest = Math.min(lowest, limit);
    highest = Math.max(highest, limit);
    previous = 0;
    window.start(now);
    measuring = false;
    if (before == 0) {
      measure(now);
    }
  }
}

package fetch.frontier;

/**
 * Decides how many windows a limit of requests in flight is kept before more or fewer are tried.
 * Tries that change nothing become rarer. For one thread.
 */
final class Patience {
  private static final int FIRST_MORE = 2;

  /** A try with more costs a server as much again for a few response times. */
  private static final int LONGEST_MORE = 4;

  private static final int AFTER_REFUSALS = 32;
  private static final int LONGEST_FEWER = 8;

  /** After this many more windows, fewer are tried without a sign that they are enough. */
  private static final int REFRESH = 12;

  private int more = FIRST_MORE;
  private int fewer = 1;
  private int untilMore;
  private int untilFewer;

  /** Whether fewer have not been tried yet: figures of the warm-up are outdated. */
  private boolean isFirst = true;

  /** Begins to wait. */
  void start() {
    untilMore = more;
    untilFewer = fewer;
  }

  void endWindow() {
    untilMore--;
    untilFewer--;
  }

  boolean isTimeForMore() {
    return untilMore <= 0;
  }

  /**
   * @param isLikely whether fewer are likely to be enough
   */
  boolean isTimeForFewer(boolean isLikely) {
    return untilFewer <= (isLikely || isFirst ? 0 : -REFRESH);
  }

  void hurryMore() {
    more = 1;
  }

  void rewardMore() {
    more = FIRST_MORE;
  }

  void punishMore() {
    more = Math.max(more, Math.min(LONGEST_MORE, 2 * more));
  }

  void refuseMore() {
    more = AFTER_REFUSALS;
  }

  void rewardFewer() {
    isFirst = false;
    fewer = 1;
  }

  void punishFewer() {
    isFirst = false;
    fewer = Math.min(LONGEST_FEWER, 2 * fewer);
  }
}

package fetch.strategy;

import fetch.Attempt;
import fetch.FetchRequest;

/** Throws at one request; all others stay under way until they are cancelled. */
final class BuggyExchange extends GatedExchange {
  private final long buggy;
  private final Throwable bug;

  BuggyExchange(long buggy, Throwable bug) {
    this.buggy = buggy;
    this.bug = bug;
  }

  @Override
  public Attempt execute(FetchRequest request) {
    throwAt(request);
    return super.execute(request);
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    if (request.urlnum() == buggy) {
      Thread.startVirtualThread(() -> completion.threw(bug));
    } else {
      super.enqueue(request, completion);
    }
  }

  private void throwAt(FetchRequest request) {
    if (request.urlnum() == buggy) {
      switch (bug) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        default -> throw new IllegalArgumentException(bug);
      }
    }
  }
}

package fetch.strategy;

import fetch.Attempt;
import fetch.FetchRequest;
import java.util.function.Consumer;

/** Throws at one request; all others stay under way until they are cancelled. */
final class BuggyExchange extends GatedExchange {
  private final long buggy;

  BuggyExchange(long buggy) {
    this.buggy = buggy;
  }

  @Override
  public Attempt execute(FetchRequest request) {
    throwAt(request);
    return super.execute(request);
  }

  @Override
  public void enqueue(FetchRequest request, Consumer<Attempt> whenDone) {
    throwAt(request);
    super.enqueue(request, whenDone);
  }

  private void throwAt(FetchRequest request) {
    if (request.urlnum() == buggy) {
      throw new ArithmeticException("a bug at " + buggy);
    }
  }
}

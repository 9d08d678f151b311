package fetch.cli;

import fetch.ExhaustedResource;
import fetch.FetchRequest;
import fetch.Quantity;
import fetch.engine.RunListener;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports bugs that cost an entry: the first three with their stack trace, the others as a count.
 */
final class BugListener implements RunListener {
  private static final int MOST_AT_LENGTH = 3;

  private final Console console;
  private final BugReport report;
  private final AtomicLong bugs = new AtomicLong();

  /** How often memory or descriptors ran out; either ends the run. */
  private final AtomicLong lacks = new AtomicLong();

  BugListener(Console console, BugReport report) {
    this.console = console;
    this.report = report;
  }

  @Override
  public void threw(FetchRequest request, Throwable bug) {
    AtomicLong count = ExhaustedResource.behind(bug) == null ? bugs : lacks;
    if (count.incrementAndGet() <= MOST_AT_LENGTH) {
      console.report(report.of(request, bug));
    }
  }

  /** Whether there were any. */
  boolean hasBugs() {
    return bugs.get() > 0;
  }

  /** Reports how many followed those with a stack trace. */
  void sayHowManyMore() {
    long more = bugs.get() - MOST_AT_LENGTH;
    if (more > 0) {
      String requests = Quantity.of(more, "more request");
      console.say("a bug in fetch: " + requests + " failed because of it");
    }
  }
}

package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Lack;
import fetch.http.Exchange;
import java.util.concurrent.atomic.AtomicLong;

/** Reports what an exchange throws, which is a bug: the first few at length, then only how many. */
final class ReportedExchange implements Exchange {
  private static final int MOST_AT_LENGTH = 3;

  private final Exchange exchange;
  private final Console console;
  private final AtomicLong bugs = new AtomicLong();

  /** How often something else ended the run, such as memory that ran out. */
  private final AtomicLong lacks = new AtomicLong();

  ReportedExchange(Exchange exchange, Console console) {
    this.exchange = exchange;
    this.console = console;
  }

  @Override
  public Attempt execute(FetchRequest request) {
    try {
      return exchange.execute(request);
    } catch (RuntimeException | Error bug) {
      report(request, bug);
      throw bug;
    }
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    exchange.enqueue(
        request,
        new Completion() {
          @Override
          public void attempted(Attempt attempt) {
            completion.attempted(attempt);
          }

          @Override
          public void threw(Throwable bug) {
            report(request, bug);
            completion.threw(bug);
          }
        });
  }

  private void report(FetchRequest request, Throwable bug) {
    AtomicLong count = Lack.behind(bug) == null ? bugs : lacks;
    if (count.incrementAndGet() <= MOST_AT_LENGTH) {
      console.report(BugReport.of(request, bug));
    }
  }

  /** Whether there were any. */
  boolean hasBugs() {
    return bugs.get() > 0;
  }

  /** Says how many there were beyond those that were reported at length. */
  void sayHowManyMore() {
    long more = bugs.get() - MOST_AT_LENGTH;
    if (more > 0) {
      console.say("a bug in fetch: " + more + " more requests failed because of it");
    }
  }

  @Override
  public void cancelAll(FailureKind reason) {
    exchange.cancelAll(reason);
  }

  @Override
  public void close() {
    exchange.close();
  }
}

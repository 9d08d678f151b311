package fetch.engine;

import fetch.Changes;
import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.Tally;
import fetch.output.CountingSink;
import fetch.output.HostCounter;
import fetch.output.HostTallies;
import fetch.output.OrderedSink;
import fetch.output.ResultSink;
import fetch.output.Selection;
import fetch.output.StoppedEntries;
import fetch.since.EarlierRun;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes each result of a run through its stages: compares, counts, orders and selects it, and
 * passes it to the caller's sink. Safe for many threads.
 */
public final class ResultPipeline implements ResultSink {
  /**
   * The stages of a pipeline.
   *
   * @param window of how many entries results wait, to be written in input order; 0 to write them
   *     as they come
   * @param selections which results to write; empty for all
   * @param mostHosts how many hosts are counted one by one; 0 for none
   * @param earlier the run to compare with, null for none
   * @param unique whether equal requests are sent only once
   * @param resumable whether another run continues this one and fetches the stopped entries
   */
  public record Plan(
      int window,
      Set<Selection> selections,
      int mostHosts,
      @Nullable EarlierRun earlier,
      boolean unique,
      boolean resumable) {
    /** Passes on every result as it comes. */
    public static final Plan PLAIN = new Plan(0, Set.of(), 0, null, false, false);
  }

  private final Plan plan;
  private final CountingSink counted;
  private final ResultSink first;
  private final @Nullable OrderedSink ordered;
  private final @Nullable HostCounter hosts;
  private final @Nullable EarlierRun earlier;

  /** Entries that are left to the next run; null if no run continues this one. */
  private final @Nullable StoppedEntries unfinished;

  /**
   * Starts the clock of the tally.
   *
   * @param last the caller's sink; it is closed with this
   */
  public ResultPipeline(Plan plan, ResultSink last, Clock clock) {
    this.plan = plan;
    this.earlier = plan.earlier();
    this.hosts = plan.mostHosts() == 0 ? null : new HostCounter();
    ResultSink selected = Selection.of(plan.selections(), last);
    if (plan.resumable()) {
      this.unfinished = new StoppedEntries();
      this.counted = new CountingSink(selected, clock);
      this.ordered = plan.window() > 0 ? new OrderedSink(counted, false, plan.window()) : null;
      this.first = ordered == null ? counted : ordered;
    } else {
      this.unfinished = null;
      this.ordered = plan.window() > 0 ? new OrderedSink(selected, true, plan.window()) : null;
      this.counted = new CountingSink(ordered == null ? selected : ordered, clock);
      this.first = counted;
    }
  }

  @Override
  public void accept(FetchResult found) {
    FetchResult result = earlier == null ? found : earlier.compared(found);
    if (unfinished != null && unfinished.takes(result)) {
      return;
    }
    if (hosts != null) {
      hosts.count(result);
    }
    if (earlier != null) {
      earlier.count(result);
    }
    first.accept(result);
  }

  /** Whether equal requests are sent only once. */
  boolean unique() {
    return plan.unique();
  }

  /** The position of the first entry that may not begin yet. */
  LongSupplier horizon() {
    return ordered == null ? () -> Long.MAX_VALUE : ordered::horizon;
  }

  /** Announces entries before they begin. */
  void expect(List<Entry> entries) {
    if (earlier != null) {
      entries.forEach(earlier::see);
    }
    if (ordered != null) {
      ordered.expect(entries);
    }
  }

  /** The number of entries that began and are left to the next run. */
  long unrecorded() {
    if (unfinished == null) {
      return 0;
    }
    return unfinished.count() + (ordered == null ? 0 : ordered.held());
  }

  /** The counts so far. */
  public Tally tally() {
    return counted.tally();
  }

  /** The hosts with the most entries; null if hosts are not counted. */
  public @Nullable HostTallies hosts() {
    return hosts == null ? null : hosts.top(plan.mostHosts());
  }

  /**
   * The changes since the earlier run, null if there is none.
   *
   * @param whole whether the whole list, or the whole part of it, was read
   * @param part whether an entry belongs to that part; null for the whole list
   */
  public @Nullable Changes changes(boolean whole, @Nullable Predicate<String> part) {
    return earlier == null ? null : whole ? earlier.changes(part) : earlier.changes();
  }

  @Override
  public void close() {
    first.close();
  }
}

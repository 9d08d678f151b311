package fetch.cli;

import fetch.Changes;
import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.Tally;
import fetch.output.CountingSink;
import fetch.output.HostCounter;
import fetch.output.HostTallies;
import fetch.output.Look;
import fetch.output.OrderedSink;
import fetch.output.ResultSink;
import fetch.output.Selection;
import fetch.output.Unfinished;
import fetch.since.EarlierRun;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The way of a result: compared, counted, put in order if asked to, selected, and written. */
final class Sinks implements ResultSink {
  private final Destination destination;
  private final Consumer<Ending.Reason> ends;
  private final CountingSink counted;
  private final ResultSink first;
  private final @Nullable OrderedSink ordered;
  private final @Nullable HostCounter hosts;
  private final @Nullable EarlierRun earlier;
  private final int mostHosts;

  /** What is left to the run that goes on after this one; null when none does. */
  private final @Nullable Unfinished unfinished;

  /**
   * @param mostHosts how many hosts to tell of in the end
   * @param look of records in text
   * @param workers the most requests in flight
   * @param earlier the run to compare with, null for none
   * @param ends told why the run ends when the results can no longer be written
   */
  Sinks(
      OutputOptions options,
      int mostHosts,
      Look look,
      Destination destination,
      int workers,
      Clock clock,
      @Nullable EarlierRun earlier,
      Consumer<Ending.Reason> ends) {
    this.destination = destination;
    this.ends = ends;
    this.mostHosts = mostHosts;
    this.earlier = earlier;
    this.hosts = mostHosts == 0 ? null : new HostCounter();
    ResultSink selected =
        Selection.of(options.selections(), destination.sink(look, workers, this::failed));
    if (destination.resumes()) {
      this.unfinished = new Unfinished();
      this.counted = new CountingSink(selected, clock);
      this.ordered = options.ordered() ? new OrderedSink(counted, false) : null;
      this.first = ordered == null ? counted : ordered;
    } else {
      this.unfinished = null;
      this.ordered = options.ordered() ? new OrderedSink(selected) : null;
      this.counted = new CountingSink(ordered == null ? selected : ordered, clock);
      this.first = counted;
    }
  }

  private void failed(IOException e) {
    ends.accept(reason(e, destination.isStandardOutput()));
  }

  private static Ending.Reason reason(IOException e, boolean standardOutput) {
    return standardOutput && IoMessages.isBrokenPipe(e)
        ? new Ending.Reason.OutputClosed()
        : new Ending.Reason.OutputFailed(Output.cannotWrite(e));
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

  /** The position of the first entry that must not begin yet. */
  LongSupplier horizon() {
    return ordered == null ? () -> Long.MAX_VALUE : ordered::horizon;
  }

  /** Says which entries come next, before they are begun. */
  void expect(List<Entry> entries) {
    if (ordered != null) {
      ordered.expect(entries);
    }
  }

  /** How many entries were begun that are left to another run. */
  long unrecorded() {
    if (unfinished == null) {
      return 0;
    }
    return unfinished.count() + (ordered == null ? 0 : ordered.held());
  }

  Tally tally() {
    return counted.tally();
  }

  /** The hosts with the most entries; null when nobody wants to know. */
  @Nullable HostTallies hosts() {
    return hosts == null ? null : hosts.top(mostHosts);
  }

  /**
   * What has changed since the earlier run, null when there is none.
   *
   * @param whole whether the whole list was read, or the part of it
   * @param part whether an entry is of that part; null when it is the whole list
   */
  @Nullable Changes changes(boolean whole, @Nullable Predicate<String> part) {
    return earlier == null ? null : whole ? earlier.changes(part) : earlier.changes();
  }

  @Override
  public void close() {
    first.close();
    try {
      destination.finish();
    } catch (IOException e) {
      failed(e);
    }
  }
}

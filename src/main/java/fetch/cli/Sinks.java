package fetch.cli;

import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.Tally;
import fetch.output.Column;
import fetch.output.CountingSink;
import fetch.output.HostCounter;
import fetch.output.HostTallies;
import fetch.output.Look;
import fetch.output.OrderedSink;
import fetch.output.RecordSink;
import fetch.output.ResultSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The way of a result: counted, put in order if asked to, selected, and written. */
final class Sinks implements ResultSink {
  private final CountingSink counted;
  private final @Nullable HostCounter hosts;
  private final int mostHosts;
  private final LongSupplier horizon;
  private final Consumer<List<Entry>> expectation;

  /**
   * @param columns null for the usual ones of the format
   * @param mostHosts how many hosts to tell of in the end
   * @param look of records in text
   * @param ends told why the run ends when the results can no longer be written
   */
  Sinks(
      OutputOptions options,
      @Nullable List<Column> columns,
      int mostHosts,
      Look look,
      OutputStream out,
      Clock clock,
      Consumer<Ending.Reason> ends) {
    this.mostHosts = mostHosts;
    this.hosts = mostHosts == 0 ? null : new HostCounter();
    boolean standardOutput = options.output() == null;
    RecordSink records =
        new RecordSink(
            options.format(), columns, look, out, e -> ends.accept(reason(e, standardOutput)));
    ResultSink selected = options.selection().to(records);
    if (options.ordered()) {
      OrderedSink ordered = new OrderedSink(selected);
      this.counted = new CountingSink(ordered, clock);
      this.horizon = ordered::horizon;
      this.expectation = ordered::expect;
    } else {
      this.counted = new CountingSink(selected, clock);
      this.horizon = () -> Long.MAX_VALUE;
      this.expectation = _ -> {};
    }
  }

  private static Ending.Reason reason(IOException e, boolean standardOutput) {
    return standardOutput && IoMessages.isBrokenPipe(e)
        ? new Ending.Reason.OutputClosed()
        : new Ending.Reason.OutputFailed(Output.cannotWrite(e));
  }

  @Override
  public void accept(FetchResult result) {
    if (hosts != null) {
      hosts.count(result);
    }
    counted.accept(result);
  }

  /** The position of the first entry that must not begin yet. */
  LongSupplier horizon() {
    return horizon;
  }

  /** Says which entries come next, before they are begun. */
  void expect(List<Entry> entries) {
    expectation.accept(entries);
  }

  Tally tally() {
    return counted.tally();
  }

  /** The hosts with the most entries; null when nobody wants to know. */
  @Nullable HostTallies hosts() {
    return hosts == null ? null : hosts.top(mostHosts);
  }

  @Override
  public void close() {
    counted.close();
  }
}

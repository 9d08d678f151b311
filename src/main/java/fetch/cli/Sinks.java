package fetch.cli;

import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.Tally;
import fetch.output.Column;
import fetch.output.CountingSink;
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
  private final LongSupplier horizon;
  private final Consumer<List<Entry>> expectation;

  /**
   * @param columns null for the usual ones of the format
   * @param look of records in text
   * @param ends told why the run ends when the results can no longer be written
   */
  Sinks(
      OutputOptions options,
      @Nullable List<Column> columns,
      Look look,
      OutputStream out,
      Clock clock,
      Consumer<Ending.Reason> ends) {
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

  @Override
  public void close() {
    counted.close();
  }
}

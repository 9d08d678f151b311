package fetch.cli;

import fetch.FetchResult;
import fetch.Quantity;
import fetch.cli.options.DurabilityOptions;
import fetch.cli.options.InputList;
import fetch.cli.options.OutputOptions;
import fetch.http.settings.RequestSettings.Action;
import fetch.input.CompletedEntries;
import fetch.input.EntryReader;
import fetch.output.Column;
import fetch.output.RecordSink;
import fetch.output.ResultFiles;
import fetch.output.ResultSink;
import fetch.output.TextStyle;
import fetch.resume.Journal;
import fetch.resume.ResumeMode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens the output of a run and reads the results that earlier runs left there. */
final class Destination implements Closeable {
  private final OutputOptions options;
  private final @Nullable List<Column> columns;
  private final OutputStream stream;
  private final @Nullable ResultFiles files;
  private final @Nullable Journal journal;

  private Destination(
      OutputOptions options,
      @Nullable List<Column> columns,
      OutputStream stream,
      @Nullable ResultFiles files,
      @Nullable Journal journal) {
    this.options = options;
    this.columns = columns;
    this.stream = stream;
    this.files = files;
    this.journal = journal;
  }

  /**
   * Opens the output. With {@code --resume}, first reads the existing results and the list up to
   * the last of them, and changes nothing until they are known to agree.
   *
   * @param columns of the records, null for the default ones of the format
   * @param action of the requests
   */
  static Destination open(
      OutputOptions options,
      DurabilityOptions durability,
      @Nullable List<Column> columns,
      Action action,
      InputList list,
      Console console)
      throws IOException {
    ResultFiles files = OutputStreams.files(options, columns, durability);
    if (files == null) {
      return new Destination(
          options, columns, OutputStreams.open(options.output(), console), null, null);
    }
    ResumeMode mode = durability.resume();
    try {
      Journal journal = null;
      if (mode == null) {
        files.startAfresh();
      } else {
        journal =
            Journal.read(
                files,
                options.format(),
                columns,
                action.method(),
                mode,
                options.ordered(),
                action.getOn() != null);
        check(list, journal);
        journal.tidy();
        files.goOn();
        tell(journal, options, console);
      }
      return new Destination(options, columns, files, files, journal);
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  /** A list from a pipe is checked as it is read. */
  private static void check(InputList list, Journal journal) throws IOException {
    if (journal.last() >= 0 && list.countable()) {
      List<String> complaints = new ArrayList<>();
      EntryReader reader = list.reader(journal.earlier(), complaints::add);
      reader.check(journal.last());
      if (!complaints.isEmpty()) {
        throw new IOException(complaints.getFirst());
      }
    }
  }

  private static void tell(Journal journal, OutputOptions options, Console console) {
    if (options.quiet() || (journal.records() == 0 && journal.torn() == 0)) {
      return;
    }
    String torn =
        journal.torn() == 0
            ? ""
            : "; dropped an incomplete record of " + Quantity.of(journal.torn(), "byte");
    String failed = journal.failed() == 0 ? "" : ", " + journal.failed() + " of failed entries";
    console.say("resuming after " + Quantity.of(journal.records(), "record") + failed + torn);
  }

  /**
   * A sink for results.
   *
   * @param look of text
   * @param workers how many results may be lost, besides those in flight, if a run that can be
   *     resumed is killed
   */
  ResultSink sink(TextStyle look, int workers, Consumer<IOException> onFailure) {
    return new Finishing(records(look, workers, onFailure), this, onFailure);
  }

  /** Forces the results to disk when the last one is written. */
  private record Finishing(
      ResultSink sink, Destination destination, Consumer<IOException> onFailure)
      implements ResultSink {
    @Override
    public void accept(FetchResult result) {
      sink.accept(result);
    }

    @Override
    public void close() {
      sink.close();
      try {
        destination.finish();
      } catch (IOException e) {
        onFailure.accept(e);
      }
    }
  }

  private RecordSink records(TextStyle look, int workers, Consumer<IOException> onFailure) {
    return files == null
        ? new RecordSink(options.format(), columns, look, stream, onFailure)
        : new RecordSink(
            options.format(),
            columns,
            look,
            files,
            journal == null ? Integer.MAX_VALUE : workers,
            onFailure);
  }

  boolean isStandardOutput() {
    return options.output() == null;
  }

  /** Whether another run can continue this one. */
  boolean resumes() {
    return journal != null;
  }

  /** The entries that earlier runs have completed. */
  CompletedEntries earlier() {
    return journal == null ? CompletedEntries.NOTHING : journal.earlier();
  }

  /** How many existing records are kept. */
  long kept() {
    return journal == null ? 0 : journal.kept();
  }

  /** How many of the kept records are of failed entries. */
  long keptOfFailed() {
    return journal == null ? 0 : journal.keptOfFailed();
  }

  private void finish() throws IOException {
    if (files != null) {
      files.finish();
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}

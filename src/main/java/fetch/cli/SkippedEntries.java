package fetch.cli;

import fetch.Entry;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Scheduling;
import fetch.Representation;
import fetch.Stored;
import fetch.Validators;
import fetch.body.Directory;
import fetch.output.ResultSink;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries whose file is there from being fetched: their result is that, with a status of 0.
 */
record SkippedEntries(
    Directory directory,
    String method,
    ResultSink sink,
    BooleanSupplier over,
    ToIntFunction<List<Entry>> next)
    implements ToIntFunction<List<Entry>> {

  /** Returns how many entries were taken: all of them, unless the run ends. */
  @Override
  public int applyAsInt(List<Entry> entries) {
    int taken = 0;
    while (taken < entries.size() && !over.getAsBoolean() && take(entries.get(taken))) {
      taken++;
    }
    return taken;
  }

  private boolean take(Entry entry) {
    Stored existing = existing(entry);
    if (existing == null) {
      return next.applyAsInt(List.of(entry)) == 1;
    }
    String own = entry instanceof FetchRequest request ? request.method(method) : method;
    Representation kept = new Representation(existing, Validators.NONE);
    sink.accept(new FetchResult(entry, own, null, null, Scheduling.NONE, kept, null));
    return true;
  }

  private @Nullable Stored existing(Entry entry) {
    return entry instanceof FetchRequest request ? directory.existing(request) : null;
  }
}

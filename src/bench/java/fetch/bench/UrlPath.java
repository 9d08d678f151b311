package fetch.bench;

import fetch.Attempt;
import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.Outcome;
import fetch.Representation;
import fetch.Timings;
import fetch.frontier.Frontier;
import fetch.frontier.Politeness;
import fetch.frontier.RetryPolicy;
import fetch.frontier.StatusSet;
import fetch.frontier.Turn;
import fetch.frontier.Verdict;
import fetch.http.url.HttpUrlParser;
import fetch.input.EntryParser;
import fetch.input.EntryReader;
import fetch.input.Shard;
import fetch.input.Source;
import fetch.output.OutputFormat;
import fetch.output.RecordSink;
import fetch.output.ResultSink;
import fetch.output.TextStyle;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What fetch itself spends on a URL, the exchange aside: time and bytes allocated. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UrlPath {
  private static final int BATCH = 256;
  private static final Attempt RESPONDED =
      new Attempt(
          new Outcome.Responded(200),
          new Attempt.Requests("GET", "http://127.0.0.1:8080/s/1", 0),
          new Attempt.Response("1.1", "text/plain", null),
          new Attempt.Body(34, 34, ""),
          Representation.NONE,
          new Attempt.Peer("127.0.0.1", 8080),
          new Timings(1_795_000_000_000L, 0, 0, 0, 1_000_000, 1_100_000));

  /** A batch of entries, as they come from a list. */
  @State(Scope.Benchmark)
  public static class Entries {
    private final EntryParser parser = new EntryParser(new HttpUrlParser());
    final Frontier frontier =
        new Frontier(
            Clock.system(),
            new Verdict("GET", StatusSet.parse("200-399")),
            new Politeness(Integer.MAX_VALUE, null, null, true),
            RetryPolicy.NEVER,
            new Nowhere(),
            2 * BATCH,
            () -> Long.MAX_VALUE);
    String list = "";
    List<Entry> batch = List.of();
    FetchResult result = null;

    @Setup
    public void read() {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < BATCH; i++) {
        lines.append("http://127.0.0.1:8080/s/").append(i).append('\n');
      }
      list = lines.toString();
      batch = read(list);
      result = new FetchResult(batch.getFirst(), "GET", null, RESPONDED, 0, 1000);
    }

    List<Entry> read(String text) {
      EntryReader reader =
          new EntryReader(
              List.of(new Source.BareUrl(text)),
              parser,
              Long.MAX_VALUE,
              Shard.WHOLE,
              complaint -> {});
      List<Entry> entries = new ArrayList<>();
      for (List<Entry> some = reader.next(); !some.isEmpty(); some = reader.next()) {
        entries.addAll(some);
      }
      return entries;
    }
  }

  /** A sink for records in one format. */
  @State(Scope.Benchmark)
  public static class Records {
    @Param({"TEXT", "JSONL", "CSV"})
    public OutputFormat format = OutputFormat.TEXT;

    RecordSink sink = null;

    @Setup(Level.Iteration)
    public void open() {
      sink =
          new RecordSink(format, null, TextStyle.PLAIN, OutputStream.nullOutputStream(), e -> {});
    }

    @TearDown(Level.Iteration)
    public void close() {
      sink.close();
    }
  }

  /** Offers a batch, and takes and settles each of its requests; per URL. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void offerTakeAndSettle(Entries entries) throws InterruptedException {
    entries.frontier.offer(entries.batch);
    for (int i = 0; i < BATCH; i++) {
      Turn turn = entries.frontier.take();
      entries.frontier.settle(turn, RESPONDED);
    }
  }

  /** Reads and parses a list; per line. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<Entry> readAndParse(Entries entries) {
    return entries.read(entries.list);
  }

  /** Encodes and writes one record. */
  @Benchmark
  public void record(Entries entries, Records records) {
    records.sink.accept(entries.result);
  }

  private static final class Nowhere implements ResultSink {
    @Override
    public void accept(FetchResult result) {}

    @Override
    public void close() {}
  }
}

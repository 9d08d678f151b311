package fetch.engine;

import fetch.FailureKind;
import fetch.frontier.Politeness;
import fetch.http.Exchange;
import fetch.http.ExchangeSettings;
import fetch.http.OkHttpExchange;
import fetch.http.url.HttpUrlParser;
import fetch.input.Entries;
import fetch.input.EntryParser;
import fetch.input.UrlEntries;
import fetch.output.ResultSink;
import fetch.warc.ExchangeRecorder;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches lists of URLs. Each entry yields exactly one result, whatever happens.
 *
 * <pre>{@code
 * try (Engine engine = new Engine(Settings.DEFAULTS.withWorkers(64));
 *     Results results = engine.fetch(urls.iterator())) {
 *   while (results.hasNext()) {
 *     FetchResult result = results.next();
 *     System.out.println(result.status() + " " + result.entry().input());
 *   }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>Lists may be endless: entries are read when needed, and a caller that takes results slowly
 *       slows the run down. Memory does not grow with the list.
 *   <li>Failures such as timeouts are results, never exceptions.
 *   <li>One run at a time; the next one reuses the connections of those before. A {@link
 *       #companion} makes a run at the same time.
 *   <li>The rest of the JVM is left alone: see {@link Attachments.Machine}.
 * </ul>
 *
 * <p>{@link #hold} and {@link #stop} may be called from any thread; the other methods by one thread
 * at a time.
 */
public final class Engine implements AutoCloseable {
  private final Settings settings;
  private final Attachments attachments;
  private final @Nullable Engine lender;
  private final @Nullable ExchangeRecorder recorder;
  private final AtomicReference<@Nullable EngineRun> current = new AtomicReference<>();
  private @Nullable Exchange exchange;

  /** Creates an engine that discards bodies. */
  public Engine(Settings settings) {
    this(settings, Attachments.NONE);
  }

  /** Opens no connection before the first request. */
  public Engine(Settings settings, Attachments attachments) {
    this(settings, attachments, null, null);
  }

  private Engine(
      Settings settings,
      Attachments attachments,
      @Nullable Engine lender,
      @Nullable ExchangeRecorder recorder) {
    this.settings = settings;
    this.attachments = attachments;
    this.lender = lender;
    this.recorder = recorder;
  }

  /**
   * An engine for runs at the same time as those of this engine and its other companions, over the
   * same connections, names and descriptors. The companion's settings decide how many requests it
   * sends, how often and to which hosts; this engine's settings decide how they are sent. Stopping
   * the companion lets its requests in flight end. Close it before this engine.
   *
   * @param own used for concurrency, politeness, retries and accepted status codes
   */
  public Engine companion(Settings own) {
    return companion(own, null);
  }

  /**
   * A companion with a recorder of its own. This engine must have one too, such as {@link
   * ExchangeRecorder#OF_OTHERS}.
   *
   * @param recorder null to use the one of this engine
   */
  public Engine companion(Settings own, @Nullable ExchangeRecorder recorder) {
    Settings settingsOfBoth =
        new Settings(
            own.concurrency(),
            settings.request(),
            settings.limits(),
            settings.network(),
            own.politeness(),
            own.retries(),
            own.accepted());
    return new Engine(settingsOfBoth, attachments, this, recorder);
  }

  /**
   * Fetches URLs on a separate thread and returns their results as they come.
   *
   * @param urls absolute http and https URLs; any other text gets a failed result. Read on the
   *     engine's thread.
   * @throws IllegalStateException if another run is in progress
   */
  public Results fetch(Iterator<String> urls) {
    return Results.of(this, new UrlEntries(urls, new EntryParser(new HttpUrlParser())));
  }

  /**
   * Fetches entries, passes their results to a sink, and closes the sink. Returns after the last
   * result.
   *
   * @param entries read on a thread of the engine's
   * @throws InterruptedException when the calling thread is interrupted; the run has been stopped
   * @throws IllegalStateException if another run is in progress
   */
  public void run(Entries entries, ResultSink sink) throws InterruptedException {
    begin(entries, ResultPipeline.Plan.PLAIN, sink).execute();
  }

  /**
   * Prepares a run, which the caller then executes.
   *
   * @throws IllegalStateException if another run is in progress
   */
  public EngineRun begin(Entries entries, ResultPipeline.Plan plan, ResultSink sink) {
    ResultPipeline results = new ResultPipeline(plan, sink, attachments.machine().clock());
    EngineRun run = new EngineRun(this, entries, results);
    if (!current.compareAndSet(null, run)) {
      throw new IllegalStateException("another run of this engine is in progress");
    }
    return run;
  }

  /**
   * The most requests in flight: the number in the settings, or fewer if there are not enough
   * descriptors.
   */
  public int workers() {
    int affordable = attachments.machine().descriptors().descriptors().workers();
    return Math.min(settings.concurrency().workers(), affordable);
  }

  /** The limits of a run. */
  Politeness politeness() {
    return settings.concurrency().adaptive()
        ? settings.politeness().adaptingWorkers(workers())
        : settings.politeness();
  }

  /** The most files and sockets that this process may have open, if that is counted. */
  public int openFilesLimit() {
    return attachments.machine().descriptors().descriptors().limit();
  }

  /** Stops the current run from starting requests. Never blocks for long. */
  public void hold(FailureKind reason) {
    EngineRun run = current.get();
    if (run != null) {
      run.hold(reason);
    }
  }

  /**
   * Stops the current run: starts no more requests and cancels those in flight. Their results have
   * the reason as failure; entries that were not reached have no result.
   *
   * @param reason {@link FailureKind#INTERRUPTED} or {@link FailureKind#DEADLINE}
   */
  public void stop(FailureKind reason) {
    EngineRun run = current.get();
    if (run != null) {
      run.stop(reason);
    }
  }

  Settings settings() {
    return settings;
  }

  Attachments attachments() {
    return attachments;
  }

  /** The exchange of the next run, with the connections of earlier ones. */
  synchronized Exchange exchange() {
    if (exchange == null) {
      exchange = lender == null ? open() : lent(lender.exchange());
    }
    return exchange;
  }

  private Exchange lent(Exchange all) {
    return new LentExchange(recorder == null ? all : all.with(recorder));
  }

  private Exchange open() {
    Exchange opened =
        new OkHttpExchange(
            new ExchangeSettings(settings.request(), settings.limits(), settings.network()),
            workers(),
            attachments.machine().descriptors(),
            attachments.machine().names(),
            attachments.machine().clock(),
            attachments.collaborators());
    RunListener listener = attachments.listener();
    return listener == null ? opened : new ListenedExchange(opened, listener);
  }

  /** Called when a run has ended. The exchange of a stopped run cannot be used again. */
  void ended(EngineRun run, boolean stopped) {
    if (stopped) {
      closeExchange();
    }
    current.compareAndSet(run, null);
  }

  private synchronized void closeExchange() {
    Exchange opened = exchange;
    exchange = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Stops the current run and closes all connections. */
  @Override
  public void close() {
    stop(FailureKind.INTERRUPTED);
    closeExchange();
  }
}

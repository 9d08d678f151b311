package fetch.engine;

import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchResult;
import fetch.Limit;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.frontier.Frontier;
import fetch.frontier.Verdict;
import fetch.http.Exchange;
import fetch.input.Entries;
import fetch.input.Feed;
import fetch.output.ResultSink;
import fetch.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run: the feed offers entries to the frontier, the strategy drains it through the exchange,
 * and results pass through the pipeline. {@link #execute} is called once; the other methods from
 * any thread.
 */
public final class EngineRun {
  /**
   * The least window. Waiting entries are read ahead of their turn, and a larger window would move
   * many to the old generation.
   */
  private static final int LEAST_WINDOW = 256;

  private final Engine engine;
  private final ResultPipeline results;
  private final Exchange exchange;
  private final Frontier frontier;
  private final @Nullable DuplicateEntries duplicates;
  private final ResultSink settled;
  private final Feed feed;
  private final Thread reading;
  private final long lookupNanosBefore;
  private final long pacedNanosBefore;
  private volatile boolean held;
  private final Object end = new Object();
  private boolean stopped;
  private boolean over;
  private volatile @Nullable Throwable feedFailure;

  EngineRun(Engine engine, Entries entries, ResultPipeline results) {
    Settings settings = engine.settings();
    this.engine = engine;
    this.results = results;
    this.exchange = engine.exchange();
    this.lookupNanosBefore = exchange.lookupNanos();
    this.pacedNanosBefore = exchange.pacedNanos();
    ResultSink observed = observed(engine.attachments().listener(), results);
    this.duplicates =
        results.unique() ? new DuplicateEntries(settings.request().method(), observed) : null;
    this.settled = duplicates == null ? observed : duplicates;
    if (duplicates != null) {
      entries.passCompleted(duplicates::know);
    }
    this.frontier =
        new Frontier(
            engine.attachments().machine().clock(),
            new Verdict(settings.request().method(), settings.accepted()),
            engine.politeness(),
            settings.retries(),
            settled,
            Math.max(LEAST_WINDOW, 2 * engine.workers()),
            results.horizon());
    this.feed = new Feed(entries, this::offer, frontier::endOfInput);
    this.reading = Thread.ofPlatform().daemon().name("feed").unstarted(this::read);
  }

  private static ResultSink observed(@Nullable RunListener listener, ResultSink sink) {
    return listener == null ? sink : new ObservedSink(listener, sink);
  }

  private record ObservedSink(RunListener listener, ResultSink sink) implements ResultSink {
    @Override
    public void accept(FetchResult result) {
      listener.ended(result);
      sink.accept(result);
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  /**
   * Fetches all entries; returns after the last result, when the sink is closed. Runs on the
   * calling thread and on those of the strategy.
   *
   * @throws InterruptedException when the calling thread is interrupted; the run has been stopped
   * @throws RuntimeException thrown by the entries, or a bug in fetch; the run has been stopped
   */
  public void execute() throws InterruptedException {
    boolean whole = false;
    try (results) {
      reading.start();
      Strategy strategy = engine.settings().concurrency().strategy().create(engine.workers());
      strategy.drain(frontier, exchange);
      whole = true;
    } finally {
      if (!whole) {
        stop(FailureKind.INTERRUPTED);
      }
      engine.ended(this, isStoppedAtTheEnd());
    }
    switch (feedFailure) {
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case null, default -> {}
    }
  }

  private void read() {
    try {
      feed.run();
    } catch (RuntimeException | Error thrown) {
      feedFailure = thrown;
      stop(FailureKind.INTERRUPTED);
    }
  }

  /** Returns how many entries were taken: all, unless the run is held. */
  private int offer(List<Entry> entries) {
    results.expect(entries);
    Function<Entry, @Nullable FetchResult> skip = engine.attachments().skip();
    if (skip == null && duplicates == null) {
      return frontier.offer(entries);
    }
    int taken = 0;
    while (taken < entries.size() && !held && take(entries.get(taken), skip)) {
      taken++;
    }
    return taken;
  }

  private boolean take(Entry entry, @Nullable Function<Entry, @Nullable FetchResult> skip) {
    if (!frontier.awaitHorizon(entry)) {
      return false;
    }
    if (duplicates != null && duplicates.takes(entry)) {
      return true;
    }
    FetchResult skipped = skip == null ? null : skip.apply(entry);
    if (skipped == null) {
      return frontier.offer(List.of(entry)) == 1;
    }
    settled.accept(skipped);
    return true;
  }

  /** Starts no more requests. Never blocks for long. */
  public void hold(FailureKind reason) {
    held = true;
    frontier.stop(reason);
    if (duplicates != null) {
      duplicates.hold();
    }
  }

  /** Starts no more requests, and cancels those in flight. Does nothing after the run. */
  public void stop(FailureKind reason) {
    hold(reason);
    synchronized (end) {
      if (!over) {
        stopped = true;
        exchange.cancelAll(reason);
      }
    }
  }

  /**
   * Marks the end of the run and returns whether it was stopped. From now on {@link #stop} leaves
   * the exchange alone, as the next run may use it.
   */
  private boolean isStoppedAtTheEnd() {
    synchronized (end) {
      over = true;
      return stopped;
    }
  }

  /** How many requests were allowed in flight so far; null for a fixed number. */
  public @Nullable WorkersUsed workersUsed() {
    return frontier.workersUsed();
  }

  /** The results of this run. */
  public ResultPipeline results() {
    return results;
  }

  /**
   * How long each limit has held entries back so far, in nanoseconds. Times of several hosts at
   * once add up, and so do those of the connections that {@code --limit-rate} slows down.
   */
  public Map<Limit, Long> limitWaits() {
    Map<Limit, Long> waits = frontier.waits();
    long paced = exchange.pacedNanos() - pacedNanosBefore;
    if (paced > 0) {
      waits.put(Limit.LIMIT_RATE, paced);
    }
    return waits;
  }

  /**
   * The part of their time that workers have waited for name look-ups, from 0 to 1. If there are
   * fewer entries than workers, the other workers do not count.
   */
  public double lookupShare() {
    Tally tally = results.tally();
    WorkersUsed used = workersUsed();
    double workers = Math.clamp(tally.urls(), 1, used == null ? engine.workers() : used.most());
    double waited = exchange.lookupNanos() - lookupNanosBefore;
    return Math.clamp(waited / (workers * Math.max(1, tally.elapsedNanos())), 0, 1);
  }

  /** The number of entries, once all have been read. */
  public OptionalLong total() {
    return feed.total();
  }

  /** Whether the whole input was read. */
  public boolean inputRead() {
    return feed.exhausted();
  }

  /** Waits until the whole input was read, for at most this time. */
  public void awaitInput(Duration most) throws InterruptedException {
    reading.join(most);
  }

  /** The number of entries without a result, as far as the input was read. Valid after the run. */
  public long notReached() {
    int duplicated = duplicates == null ? 0 : duplicates.unsettled();
    return frontier.notReached() + feed.unread() + results.unrecorded() + duplicated;
  }
}

package fetch.engine;

import fetch.FailureKind;
import fetch.FetchResult;
import fetch.input.Entries;
import fetch.output.ResultSink;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the results of a run as they come. At most 1,024 are buffered; then the run waits.
 * For one thread.
 */
public final class Results implements Iterator<FetchResult>, AutoCloseable {
  private static final int MOST_WAITING = 1024;

  /** A message from the run. */
  private sealed interface Item {
    record Result(FetchResult result) implements Item {}

    record End(@Nullable Throwable thrown) implements Item {}
  }

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Engine engine;
  private @Nullable Item next;

  private Results(Engine engine) {
    this.engine = engine;
  }

  static Results of(Engine engine, Entries entries) {
    Results results = new Results(engine);
    EngineRun run = engine.begin(entries, ResultPipeline.Plan.PLAIN, results.new Queue());
    Thread.ofPlatform().daemon().name("fetch-engine").start(() -> results.fill(run));
    return results;
  }

  private void fill(EngineRun run) {
    Throwable thrown = null;
    try {
      run.execute();
    } catch (InterruptedException | RuntimeException | Error e) {
      thrown = e;
    }
    put(new Item.End(thrown));
  }

  private void put(Item item) {
    boolean interrupted = false;
    while (true) {
      try {
        items.put(item);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the result must not be lost; the interrupt is kept for the caller
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Queue implements ResultSink {
    @Override
    public void accept(FetchResult result) {
      put(new Item.Result(result));
    }

    @Override
    public void close() {}
  }

  /**
   * Blocks until there is a result or the run has ended.
   *
   * @throws IllegalStateException if a bug in fetch or a lack of memory ended the run
   */
  @Override
  public boolean hasNext() {
    return switch (peek()) {
      case Item.Result _ -> true;
      case Item.End(@Nullable Throwable thrown) when thrown == null -> false;
      case Item.End(@Nullable Throwable thrown) ->
          throw new IllegalStateException("the run has ended early: " + thrown, thrown);
    };
  }

  private Item peek() {
    Item item = next;
    if (item == null) {
      try {
        item = items.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a result", e);
      }
      next = item;
    }
    return item;
  }

  @Override
  public FetchResult next() {
    if (hasNext() && peek() instanceof Item.Result(FetchResult result)) {
      next = null;
      return result;
    }
    throw new NoSuchElementException("all results have been taken");
  }

  /** Stops the run if it has not ended, and discards the remaining results. */
  @Override
  public void close() {
    if (peekedEnd()) {
      return;
    }
    engine.stop(FailureKind.INTERRUPTED);
    while (!(peek() instanceof Item.End)) {
      next = null;
    }
  }

  private boolean peekedEnd() {
    return next instanceof Item.End;
  }
}

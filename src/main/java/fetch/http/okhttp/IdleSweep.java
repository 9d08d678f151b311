package fetch.http.okhttp;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import okhttp3.ConnectionPool;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.connection.ConnectionListener;

/**
 * Creates connection pools that close idle connections a few times a second.
 *
 * <p>OkHttp's own pools wake a thread at the end of every request, which locks each connection in
 * turn: with 64 connections that took a quarter of the processor time of a request.
 */
public final class IdleSweep implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 200;
  private static final long KEEP_ALIVE_SECONDS = 90;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("idle-sweep").factory());
  private final TaskRunner runner =
      new TaskRunner(new Backend(), Logger.getLogger(IdleSweep.class.getName()));

  /** A pool that keeps this many idle connections, and reports those that it closes. */
  public ConnectionPool pool(int maxIdleConnections, ConnectionListener listener) {
    return new ConnectionPool(
        maxIdleConnections, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, runner, listener);
  }

  /** Ends the thread once all pools are empty. */
  @Override
  public void close() {
    thread.shutdown();
  }

  /** One thread that looks for work at intervals, without being woken for it. */
  private final class Backend implements TaskRunner.Backend {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void coordinatorNotify(TaskRunner taskRunner) {
      // The next interval is soon enough.
    }

    @Override
    public void coordinatorWait(TaskRunner taskRunner, long nanos) {
      try {
        taskRunner.wait(INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public <T> BlockingQueue<T> decorate(BlockingQueue<T> queue) {
      return queue;
    }

    @Override
    public void execute(TaskRunner taskRunner, Runnable task) {
      thread.execute(task);
    }
  }
}

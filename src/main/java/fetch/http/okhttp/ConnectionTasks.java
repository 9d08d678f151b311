package fetch.http.okhttp;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.http2.Http2Reader;

/**
 * Runs OkHttp's background tasks on virtual threads, such as the reader of each open HTTP/2
 * connection. On OkHttp's platform threads, 2,000 idle connections took 180 MB.
 */
public final class ConnectionTasks implements TaskRunner.Backend {
  private ConnectionTasks() {}

  /** Makes the clients of a builder run their tasks here. */
  public static OkHttpClient.Builder runIn(OkHttpClient.Builder builder) {
    return builder.taskRunner$okhttp(newRunner());
  }

  static TaskRunner newRunner() {
    return new TaskRunner(new ConnectionTasks(), Logger.getLogger(ConnectionTasks.class.getName()));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void coordinatorNotify(TaskRunner taskRunner) {
    taskRunner.notify();
  }

  @Override
  public void coordinatorWait(TaskRunner taskRunner, long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(taskRunner, nanos);
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
    Thread.ofVirtual().start(() -> run(task));
  }

  /**
   * Runs a task. OkHttp's HTTP/2 reader does not handle everything that a server may send: an EOS
   * in a Huffman code (RFC 7541, section 5.2) is a NullPointerException. By then the reader has
   * failed the calls of its connection, and nothing else is affected.
   */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      if (!isOfReader(e)) {
        throw e;
      }
    }
  }

  private static boolean isOfReader(RuntimeException e) {
    for (StackTraceElement element : e.getStackTrace()) {
      if (element.getClassName().equals(Http2Reader.class.getName())) {
        return true;
      }
    }
    return false;
  }
}

package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Runs up to N threads, as many as are of use; each takes a turn, makes the exchange and settles
 * it.
 */
final class ThreadPerWorker implements Strategy {
  private final int size;
  private final ThreadFactory threads;
  private final Serial worker = new Serial();

  ThreadPerWorker(int size, ThreadFactory threads) {
    this.size = size;
    this.threads = threads;
  }

  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    WorkerFailures failures = new WorkerFailures(frontier, exchange);
    List<Thread> workers = new ArrayList<>(size);
    failures.guard(() -> {
      while (workers.size() < size && frontier.awaitUse(workers.size())) {
        workers.add(start(() -> failures.guard(() -> worker.drain(frontier, exchange))));
      }
    });
    for (Thread thread : workers) {
      thread.join();
    }
    failures.rethrow();
  }

  private Thread start(Runnable work) {
    Thread worker = threads.newThread(work);
    worker.start();
    return worker;
  }
}

package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** N threads; each takes a turn, makes the exchange and settles it. */
final class ThreadPerWorker implements Strategy {
  private final int size;
  private final ThreadFactory threads;
  private final Serial duty = new Serial();

  ThreadPerWorker(int size, ThreadFactory threads) {
    this.size = size;
    this.threads = threads;
  }

  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    WorkerFailures failures = new WorkerFailures(frontier, exchange);
    List<Thread> crew = new ArrayList<>(size);
    failures.guard(() -> {
      while (crew.size() < size) {
        crew.add(start(() -> failures.guard(() -> duty.drain(frontier, exchange))));
      }
    });
    for (Thread worker : crew) {
      worker.join();
    }
    failures.rethrow();
  }

  private Thread start(Runnable work) {
    Thread worker = threads.newThread(work);
    worker.start();
    return worker;
  }
}

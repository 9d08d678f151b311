package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** N threads; each takes a turn, makes the exchange and settles it. */
final class Crew implements Strategy {
  private final int size;
  private final ThreadFactory threads;
  private final Serial duty = new Serial();

  Crew(int size, ThreadFactory threads) {
    this.size = size;
    this.threads = threads;
  }

  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    Bugs bugs = new Bugs(frontier, exchange);
    List<Thread> crew = new ArrayList<>(size);
    bugs.guard(() -> {
      while (crew.size() < size) {
        crew.add(start(() -> bugs.guard(() -> duty.drain(frontier, exchange))));
      }
    });
    for (Thread worker : crew) {
      worker.join();
    }
    bugs.rethrow();
  }

  private Thread start(Runnable work) {
    Thread worker = threads.newThread(work);
    worker.start();
    return worker;
  }
}

package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** So many threads, each of which takes a turn, makes the exchange, and settles it. */
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
    Bugs bugs = new Bugs(frontier);
    List<Thread> crew = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Thread worker = threads.newThread(() -> bugs.guard(() -> duty.drain(frontier, exchange)));
      worker.start();
      crew.add(worker);
    }
    for (Thread worker : crew) {
      worker.join();
    }
    bugs.rethrow();
  }
}

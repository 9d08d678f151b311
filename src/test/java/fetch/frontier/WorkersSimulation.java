package fetch.frontier;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests to a simulated server, as many at once as a limit allows, until a number of them
 * has had a good response. Refused requests are repeated.
 */
final class WorkersSimulation {
  /** How a server behaves. Times are in seconds. */
  interface Server {
    /**
     * The time that a response takes; negative if the request is refused after that time.
     *
     * @param inFlight with this request
     */
    double time(int inFlight, double now);

    /** Responses after a time that varies by a tenth. */
    static Server ofLatency(double seconds) {
      Random random = new Random(1);
      return (_, _) -> seconds * (0.9 + 0.2 * random.nextDouble());
    }

    /** Serves so many requests at a time, in the order they came, each of random length. */
    static Server ofCapacity(int places, double seconds) {
      Random random = new Random(2);
      PriorityQueue<Double> free = new PriorityQueue<>();
      return (_, now) -> {
        double begin = free.size() < places ? now : Math.max(now, free.remove());
        double end = begin - seconds * Math.log(1 - random.nextDouble());
        free.add(end);
        return end - now;
      };
    }

    /** Slows down evenly: the throughput approaches a limit. */
    static Server ofSoftKnee(int knee, double seconds) {
      Random random = new Random(3);
      return (inFlight, _) ->
          seconds * (1 + (double) inFlight / knee) * (0.8 + 0.4 * random.nextDouble());
    }

    /** Changes its behaviour at a moment. */
    static Server changing(double moment, Server first, Server then) {
      return (inFlight, now) -> (now < moment ? first : then).time(inFlight, now);
    }

    /** Refuses requests beyond a number of them. */
    static Server refusingBeyond(int most, double seconds) {
      Server usual = ofLatency(seconds);
      return (inFlight, now) -> inFlight > most ? -0.002 : usual.time(inFlight, now);
    }
  }

  /**
   * What came of it.
   *
   * @param seconds until the last response
   * @param inFlight requests in flight, on average
   * @param refused how many requests were refused
   */
  record Course(double seconds, double inFlight, int refused, int most) {}

  private record Pending(double at, boolean isRefused) {}

  private static final double NANOS = 1e9;

  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>((one, other) -> Double.compare(one.at(), other.at()));
  private final IntSupplier limit;
  private final @Nullable AdaptiveWorkers workers;
  private double now;
  private double area;
  private int served;
  private int refused;
  private int most;

  private WorkersSimulation(IntSupplier limit, @Nullable AdaptiveWorkers workers) {
    this.limit = limit;
    this.workers = workers;
  }

  static Course fixed(int workers, Server server, int requests) {
    return new WorkersSimulation(() -> workers, null).run(server, requests);
  }

  static Course adaptive(AdaptiveWorkers workers, Server server, int requests) {
    return new WorkersSimulation(workers::limit, workers).run(server, requests);
  }

  private Course run(Server server, int requests) {
    int done = 0;
    int begun = 0;
    while (done < requests) {
      while (begun < requests && pending.size() < limit.getAsInt()) {
        begin(server);
        begun++;
      }
      Pending next = pending.remove();
      area += (next.at() - now) * (pending.size() + 1);
      now = next.at();
      if (workers != null) {
        workers.ended(
            next.isRefused() ? LoadSign.REFUSED : LoadSign.SERVED,
            pending.size(),
            (long) (now * NANOS));
      }
      if (next.isRefused()) {
        refused++;
        begun--;
      } else {
        served--;
        done++;
      }
    }
    return new Course(now, area / now, refused, most);
  }

  /** A refused request needs a place in the server, too, but not those that wait to be noticed. */
  private void begin(Server server) {
    double time = server.time(served + 1, now);
    served += time < 0 ? 0 : 1;
    pending.add(new Pending(now + Math.abs(time), time < 0));
    most = Math.max(most, pending.size());
    if (workers != null) {
      workers.began(pending.size(), (long) (now * NANOS));
    }
  }
}

package fetch.frontier;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** How a server behaves, by a random sequence that is always the same. Times are in seconds. */
interface SimulatedServer {
  /**
   * The time that a response takes; negative if the request is refused after that time.
   *
   * @param served how many requests it serves, with this one
   */
  double time(int served, double now);

  /** Times that vary by half, up and down. */
  static DoubleUnaryOperator varying(int seed) {
    Random random = new Random(seed);
    return seconds -> seconds * (0.5 + random.nextDouble());
  }

  /** Times as of independent events: many are short, a few are long. */
  static DoubleUnaryOperator exponential(int seed) {
    Random random = new Random(seed);
    return seconds -> -seconds * Math.log(1 - random.nextDouble());
  }

  /** Responds after a time, however many requests there are. */
  static SimulatedServer ofLatency(double seconds) {
    return ofLatency(seconds, varying(1));
  }

  static SimulatedServer ofLatency(double seconds, DoubleUnaryOperator times) {
    return (_, _) -> times.applyAsDouble(seconds);
  }

  /** Serves so many requests at a time, in the order they came. */
  static SimulatedServer ofCapacity(int places, double seconds) {
    return ofCapacity(places, seconds, varying(2));
  }

  static SimulatedServer ofCapacity(int places, double seconds, DoubleUnaryOperator times) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    return (_, now) -> {
      double begin = free.size() < places ? now : Math.max(now, free.remove());
      double end = begin + times.applyAsDouble(seconds);
      free.add(end);
      return end - now + 0.001;
    };
  }

  /** Slows down evenly: the throughput approaches a limit. */
  static SimulatedServer ofSoftKnee(int knee, double seconds) {
    return ofSoftKnee(knee, seconds, varying(3));
  }

  static SimulatedServer ofSoftKnee(int knee, double seconds, DoubleUnaryOperator times) {
    return (served, _) -> times.applyAsDouble(seconds * (1 + (double) served / knee));
  }

  /** Refuses requests beyond a number of them. */
  static SimulatedServer refusingBeyond(int most, double seconds) {
    return refusingBeyond(most, seconds, varying(4));
  }

  static SimulatedServer refusingBeyond(int most, double seconds, DoubleUnaryOperator times) {
    return (served, _) -> times.applyAsDouble(served > most ? -0.002 : seconds);
  }

  /** Behaves like one server and like another in turn. */
  static SimulatedServer alternating(double period, SimulatedServer one, SimulatedServer other) {
    return (served, now) -> ((int) (now / period) % 2 == 0 ? one : other).time(served, now);
  }

  /** The same through a client whose two cores need a time for each request. */
  default SimulatedServer throughClient(double seconds) {
    SimulatedServer client = ofCapacity(2, seconds);
    return (served, now) -> {
      double wait = client.time(served, now);
      double time = time(served, now + wait);
      return time < 0 ? time - wait : time + wait;
    };
  }
}

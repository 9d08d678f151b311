package fetch.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import scala.Tuple2;

/** How many entries some hosts have. For one thread. */
final class Weights implements Serializable {
  private static final long serialVersionUID = 1;

  private final HashMap<String, Long> heavy = new HashMap<>();
  private final long[] loads;

  private Weights(int parts) {
    this.loads = new long[parts];
  }

  /** Of no hosts. */
  static Weights none(int parts) {
    return new Weights(parts);
  }

  /**
   * Of hosts with the number of their entries.
   *
   * @param light the most entries with which a host is not heavy
   */
  static Weights of(Iterator<Tuple2<String, Long>> hosts, long light, int parts) {
    Weights weights = none(parts);
    while (hosts.hasNext()) {
      Tuple2<String, Long> host = hosts.next();
      if (host._2() > light) {
        weights.heavy.put(host._1(), host._2());
      } else {
        weights.loads[Packing.lightPart(host._1(), parts)] += host._2();
      }
    }
    return weights;
  }

  /** Adds those of other hosts. */
  void add(Weights others) {
    heavy.putAll(others.heavy);
    for (int part = 0; part < loads.length; part++) {
      loads[part] += others.loads[part];
    }
  }

  /** The number of entries of hosts with many. */
  Map<String, Long> heavy() {
    return heavy;
  }

  /** The number of entries of all other hosts in each part. */
  long[] loads() {
    return loads.clone();
  }
}

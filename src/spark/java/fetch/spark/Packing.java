package fetch.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;

/**
 * Assigns entries to parts of the list. A host with many entries goes where there is most room, and
 * one with more than a part's share into several parts. The others go by their hash.
 *
 * @param parts the number of parts
 * @param heavy the parts of hosts with many entries
 */
record Packing(int parts, Map<String, int[]> heavy) implements Serializable {
  /** Fibonacci hashing: names that differ only in their last letter have similar hashes. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** A host is heavy if it has more than one in this number of a part's share. */
  private static final long LIGHTER = 1000;

  /** The largest number of entries with which a host still goes by its hash. */
  static long mostLight(long total, int parts) {
    return total / parts / LIGHTER;
  }

  /** Spreads consecutive numbers. */
  static long mix(long number) {
    long mixed = (number ^ number >>> 32) * SPREAD;
    return mixed ^ mixed >>> 29;
  }

  /** The part of a host that is not heavy. */
  static int lightPart(String host, int parts) {
    return (int) Long.remainderUnsigned(mix(host.hashCode()) >>> 16, parts);
  }

  /** The part of an entry that is not requested. */
  static int badPart(long urlnum, int parts) {
    return (int) Long.remainderUnsigned(mix(urlnum) >>> 16, parts);
  }

  int part(String host, long urlnum) {
    int[] among = heavy.get(host);
    if (among == null) {
      return lightPart(host, parts);
    }
    return among.length == 1 ? among[0] : among[badPart(urlnum, among.length)];
  }

  /** The hosts that several parts share, and how many parts. */
  Map<String, Integer> shared() {
    Map<String, Integer> shared = new HashMap<>();
    heavy.forEach((host, among) -> {
      if (among.length > 1) {
        shared.put(host, among.length);
      }
    });
    return shared;
  }

  /** A part of a host's entries. */
  private record Piece(String host, long weight) {}

  /** The load of a part so far. */
  private record Load(int part, long weight) {}

  /**
   * Packs the heavy hosts: the heaviest first, each where there is most room.
   *
   * @param heavy the number of entries by host
   * @param loads the number of other entries in each part
   * @param mostSharers how many parts may share a host, at least 1
   */
  static Packing of(Map<String, Long> heavy, long[] loads, ToIntFunction<String> mostSharers) {
    int parts = loads.length;
    long total = Arrays.stream(loads).sum();
    total += heavy.values().stream().mapToLong(Long::longValue).sum();
    long share = Math.max(1, Math.ceilDiv(total, parts));
    List<Piece> pieces = new ArrayList<>();
    heavy.forEach((host, weight) -> {
      int most = Math.clamp(mostSharers.applyAsInt(host), 1, parts);
      int count = (int) Math.min(most, Math.ceilDiv(weight, share));
      for (int i = 0; i < count; i++) {
        pieces.add(new Piece(host, weight / count));
      }
    });
    pieces.sort(Comparator.comparingLong(Piece::weight).reversed().thenComparing(Piece::host));
    return new Packing(parts, placed(pieces, loads));
  }

  private static Map<String, int[]> placed(List<Piece> pieces, long[] loads) {
    PriorityQueue<Load> room =
        new PriorityQueue<>(Comparator.comparingLong(Load::weight).thenComparingInt(Load::part));
    for (int part = 0; part < loads.length; part++) {
      room.add(new Load(part, loads[part]));
    }
    Map<String, int[]> placed = new HashMap<>();
    int at = 0;
    while (at < pieces.size()) {
      at += place(pieces, at, room, placed);
    }
    return placed;
  }

  /** Places all pieces of a host, each in another part; returns how many there are. */
  private static int place(
      List<Piece> pieces, int from, PriorityQueue<Load> room, Map<String, int[]> placed) {
    String host = pieces.get(from).host();
    List<Load> taken = new ArrayList<>();
    int at = from;
    while (at < pieces.size() && pieces.get(at).host().equals(host)) {
      Load load = room.remove();
      taken.add(new Load(load.part(), load.weight() + pieces.get(at).weight()));
      at++;
    }
    placed.put(host, taken.stream().mapToInt(Load::part).toArray());
    room.addAll(taken);
    return at - from;
  }
}

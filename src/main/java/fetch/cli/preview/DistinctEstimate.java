package fetch.cli.preview;

/**
 * Estimates how many different names there were, within about 1%, in 16 KB. HyperLogLog (Flajolet
 * and others, 2007) with 64-bit hashes; for more than 50,000 names.
 */
final class DistinctEstimate {
  private static final int INDEX_BITS = 14;
  private static final int REGISTERS = 1 << INDEX_BITS;
  private static final double BIAS = 0.7213 / (1 + 1.079 / REGISTERS);

  private final byte[] longestRuns = new byte[REGISTERS];

  void add(String name) {
    long hash = hash(name);
    int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
    long rest = hash << INDEX_BITS | 1L << (INDEX_BITS - 1);
    byte run = (byte) (Long.numberOfLeadingZeros(rest) + 1);
    if (run > longestRuns[index]) {
      longestRuns[index] = run;
    }
  }

  long estimate() {
    double sum = 0;
    for (byte run : longestRuns) {
      sum += 1.0 / (1L << run);
    }
    return Math.round(BIAS * REGISTERS * REGISTERS / sum);
  }

  /** FNV-1a, its bits then mixed as SplitMix64 does. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    return hash ^ hash >>> 31;
  }
}

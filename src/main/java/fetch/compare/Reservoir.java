package fetch.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Samples a stream of unknown length with equal probability (Vitter's algorithm R). The same stream
 * gives the same sample. For one thread.
 */
public final class Reservoir<T> {
  private static final long SEED = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int size;
  private final List<Numbered<T>> kept = new ArrayList<>();
  private long seen;

  private record Numbered<T>(long number, T thing) {}

  /**
   * @param size of the sample
   */
  public Reservoir(int size) {
    this.size = size;
  }

  /** Offers one more element. */
  public void offer(T thing) {
    Numbered<T> numbered = new Numbered<>(seen++, thing);
    if (kept.size() < size) {
      kept.add(numbered);
      return;
    }
    long place = random.nextLong(seen);
    if (place < size) {
      kept.set((int) place, numbered);
    }
  }

  /** The sample in its original order. */
  public List<T> kept() {
    return kept.stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::thing)
        .toList();
  }
}

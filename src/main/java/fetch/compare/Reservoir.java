package fetch.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A sample of as many things as come by, in which each has the same chance to be (Vitter's
 * algorithm R), and always the same ones of the same things. For one thread.
 */
public final class Reservoir<T> {
  private static final long SEED = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int size;
  private final List<Numbered<T>> kept = new ArrayList<>();
  private long seen;

  private record Numbered<T>(long number, T thing) {}

  /**
   * @param size the most to keep
   */
  public Reservoir(int size) {
    this.size = size;
  }

  /** Takes one more into account. */
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

  /** The sample, in the order in which it came. */
  public List<T> kept() {
    return kept.stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::thing)
        .toList();
  }
}

package fetch.cli.usage;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word nearest to a misspelt one. */
public final class Typo {
  /** Shorter words resemble too many others. */
  private static final int SHORTEST = 3;

  private Typo() {}

  /** The known word that is most similar to the written one, null if none is similar. */
  public static @Nullable String meant(String written, Collection<String> words) {
    @Nullable String best = null;
    int least = written.length() < SHORTEST ? -1 : Math.max(1, written.length() / 3);
    for (String word : words) {
      int distance = distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      if (distance < least || (best == null && distance == least)) {
        best = word;
        least = distance;
      }
    }
    return best;
  }

  /**
   * The number of letters that were omitted, added, changed or swapped. An unfinished word counts
   * as one mistake.
   */
  private static int distance(String written, String word) {
    if (word.startsWith(written)) {
      return word.length() == written.length() ? 0 : 1;
    }
    int[][] distances = new int[written.length() + 1][word.length() + 1];
    for (int i = 0; i <= written.length(); i++) {
      for (int j = 0; j <= word.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? i + j : step(distances, written, i, word, j);
      }
    }
    return distances[written.length()][word.length()];
  }

  private static int step(int[][] distances, String written, int i, String word, int j) {
    int change = written.charAt(i - 1) == word.charAt(j - 1) ? 0 : 1;
    int least = Math.min(distances[i - 1][j], distances[i][j - 1]) + 1;
    least = Math.min(least, distances[i - 1][j - 1] + change);
    boolean swapped =
        i > 1
            && j > 1
            && written.charAt(i - 1) == word.charAt(j - 2)
            && written.charAt(i - 2) == word.charAt(j - 1);
    return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
  }
}

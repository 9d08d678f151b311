package fetch.robots;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the origins that were lately asked about. Of these only so many are remembered,
 * however long the list is. Safe for many threads.
 */
public final class RulesCache {
  /** RFC 9309, section 2.4. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /** A server that was out of order has another chance in a long run. */
  private static final Duration LONGEST_UNREACHABLE = Duration.ofMinutes(10);

  private static final int MOST_ORIGINS = 65_536;

  /** Some 16 MB: the rules of most sites take less than 1 KB. */
  private static final int MOST_CHARACTERS = 16 << 20;

  private record Known(Rules rules, long until) {}

  /** The longest unused first. */
  private final LinkedHashMap<Origin, Known> known = new LinkedHashMap<>();

  private int characters;

  /** The rules of an origin, null when they are unknown or too old. */
  public synchronized @Nullable Rules of(Origin origin, long now) {
    Known found = known.remove(origin);
    if (found == null) {
      return null;
    }
    if (found.until() - now <= 0) {
      characters -= found.rules().size();
      return null;
    }
    known.putLast(origin, found);
    return found.rules();
  }

  public synchronized void put(Origin origin, Rules rules, long now) {
    Duration time = rules.areUnreachable() ? LONGEST_UNREACHABLE : LONGEST;
    Known before = known.remove(origin);
    characters -= before == null ? 0 : before.rules().size();
    characters += rules.size();
    known.putLast(origin, new Known(rules, now + time.toNanos()));
    while (known.size() > MOST_ORIGINS || characters > MOST_CHARACTERS) {
      characters -= known.pollFirstEntry().getValue().rules().size();
    }
  }
}

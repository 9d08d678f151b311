package fetch.robots;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Caches the rules of recently used origins, limited in number and size. Safe for many threads. */
public final class RulesCache {
  /** RFC 9309, section 2.4. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Shorter, so that a long run tries an unreachable server again. */
  private static final Duration LONGEST_UNREACHABLE = Duration.ofMinutes(10);

  private static final int MOST_ORIGINS = 65_536;

  /** About 16 MB: the rules of most sites take less than 1 KB. */
  private static final int MOST_CHARACTERS = 16 << 20;

  private record Known(Rules rules, long until) {}

  /** Least recently used first. */
  private final LinkedHashMap<Origin, Known> known = new LinkedHashMap<>();

  private int characters;

  /** The rules of an origin; null if they are unknown or expired. */
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

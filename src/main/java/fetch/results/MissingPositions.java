package fetch.results;

import java.util.ArrayList;
import java.util.List;

/** Finds the missing positions in an ascending sequence. For one thread. */
final class MissingPositions {
  private static final int MOST_SHOWN = 10;

  private final List<String> shown = new ArrayList<>();
  private long next;
  private long missing;
  private boolean more;

  /** Takes the next position. */
  void add(long position) {
    upTo(position);
    next = position + 1;
  }

  /** Sets the expected number of positions. */
  void upTo(long end) {
    if (end <= next) {
      return;
    }
    missing += end - next;
    if (shown.size() < MOST_SHOWN) {
      shown.add(end - next == 1 ? Long.toString(next) : next + "-" + (end - 1));
    } else {
      more = true;
    }
    next = end;
  }

  /** The position after the last one. */
  long end() {
    return next;
  }

  long missing() {
    return missing;
  }

  /** The first gaps, such as {@code 17, 40-41}. */
  String shown() {
    return String.join(", ", shown) + (more ? " and others" : "");
  }
}

package fetch;

import org.jspecify.annotations.Nullable;

/** Says on what conditions entries are asked for. Safe for many threads. */
public interface Preconditions {
  /** What is known of an entry; null when it is to be sent whatever it is. */
  @Nullable Precondition of(FetchRequest request);
}

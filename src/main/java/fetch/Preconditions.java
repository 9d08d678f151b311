package fetch;

import org.jspecify.annotations.Nullable;

/** Supplies the preconditions of requests. Safe for many threads. */
public interface Preconditions {
  /** What is known of an entry; null when it is to be sent whatever it is. */
  @Nullable Precondition of(FetchRequest request);
}

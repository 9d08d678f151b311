package fetch;

import org.jspecify.annotations.Nullable;

/** Supplies the preconditions of requests. Safe for many threads. */
public interface Preconditions {
  /** The known representation of an entry; null to request it unconditionally. */
  @Nullable Precondition of(FetchRequest request);
}

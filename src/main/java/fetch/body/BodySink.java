package fetch.body;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/** Where the bodies of a run go, decoded. Safe for many threads. */
public interface BodySink {
  /**
   * Makes ready for a body; null when this one is not wanted. Bodies of redirects that are
   * followed, of robots.txt and of answers to HEAD are not asked about.
   */
  @Nullable BodyWriter begin(IncomingBody incoming) throws BodySaveException;

  /** What an earlier try has left of an entry's body, for the caller alone; null for nothing. */
  @Nullable PartialBody left(FetchRequest request);
}

package fetch.body;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/** Takes the decoded bodies of a run. Safe for many threads. */
public interface BodySink {
  /**
   * Begins a body; null to ignore it. Not called for followed redirects, robots.txt and responses
   * to HEAD.
   */
  @Nullable BodyWriter begin(IncomingBody incoming) throws BodySaveException;

  /**
   * The part of an entry's body that an earlier attempt saved, which then belongs to the caller;
   * null for none.
   */
  @Nullable PartialBody takePartial(FetchRequest request);
}

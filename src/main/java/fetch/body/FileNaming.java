package fetch.body;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/** Says what the file of an entry is called. Safe for many threads. */
interface FileNaming {
  /**
   * The same for the same entry and content type, whatever else the run fetches. It is safe on
   * every file system, and no two URLs have the same.
   *
   * @param contentType null when unknown
   */
  FileName name(FetchRequest request, @Nullable String contentType);
}

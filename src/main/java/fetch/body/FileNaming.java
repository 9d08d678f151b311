package fetch.body;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/** Names the file of an entry. Safe for many threads. */
interface FileNaming {
  /**
   * The name depends on entry and content type only. It is valid on every file system and unique
   * for each URL.
   *
   * @param contentType null if unknown
   */
  FileName name(FetchRequest request, @Nullable String contentType);
}

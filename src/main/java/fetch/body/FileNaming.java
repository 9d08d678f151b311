package fetch.body;

import fetch.FetchRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names the file of an entry. Safe for many threads. */
interface FileNaming {
  /**
   * The name depends on the entry and on these fields only. It is valid on every file system and
   * unique for each URL. Its directories depend on the entry only.
   *
   * @param contentType null if unknown
   * @param disposition gives the Content-Disposition, or null if it is absent
   */
  FileName name(
      FetchRequest request, @Nullable String contentType, Supplier<@Nullable String> disposition);

  /** The name before there is a response. */
  default FileName name(FetchRequest request) {
    return name(request, null, () -> null);
  }

  /** Whether the name can depend on the response. */
  boolean needsResponse();
}

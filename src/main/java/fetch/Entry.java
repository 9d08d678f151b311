package fetch;

import org.jspecify.annotations.Nullable;

/** One entry of a list. Every entry ends in exactly one {@link FetchResult}. */
public sealed interface Entry permits FetchRequest, BadLine {
  /** Position of the entry in the input, from 0; blank lines and comments do not count. */
  long urlnum();

  /** The entry as given, trimmed, with any password in it masked. */
  String input();

  /** The other columns or keys of the list, null if there are none. */
  @Nullable Meta meta();
}

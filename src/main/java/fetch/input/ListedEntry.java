package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an entry's record that come from the list.
 *
 * @param input the entry as given, with any password in it masked
 * @param method its own, null for that of the run
 * @param sends whether it has its own content, which changes the default method
 * @param meta the other columns or keys of the list, null if there are none
 */
public record ListedEntry(
    String input, @Nullable String method, boolean sends, @Nullable Meta meta) {
  /** An entry with nothing but its text. */
  public ListedEntry(String input) {
    this(input, null, null);
  }

  /** An entry without its own content. */
  public ListedEntry(String input, @Nullable String method, @Nullable Meta meta) {
    this(input, method, false, meta);
  }

  /**
   * The method in its record.
   *
   * @param usual that of the run
   */
  public String method(String usual) {
    return FetchRequest.method(method, sends, usual);
  }

  static ListedEntry of(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> {
        EntryOverrides own = request.own();
        yield own == null
            ? new ListedEntry(request.input(), null, request.meta())
            : new ListedEntry(request.input(), own.method(), own.content() != null, request.meta());
      }
      case BadLine line -> new ListedEntry(line.input(), null, line.meta());
    };
  }
}

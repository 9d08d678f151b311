package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/**
 * What the record of an entry will say that the list says.
 *
 * @param input the entry as given, with any password in it masked
 * @param method its own, null for that of the run
 * @param sends whether it has content of its own, which changes the usual method
 * @param meta what else the list says of it, null when that is nothing
 */
public record ListedEntry(
    String input, @Nullable String method, boolean sends, @Nullable Meta meta) {
  /** An entry of which the list has nothing but its text. */
  public ListedEntry(String input) {
    this(input, null, null);
  }

  /** An entry without content of its own. */
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

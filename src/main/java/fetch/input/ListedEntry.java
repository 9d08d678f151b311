package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/**
 * What the record of an entry will say that the list says.
 *
 * @param input the entry as given, with any password in it masked
 * @param method its own, null for that of the run
 * @param meta what else the list says of it, null when that is nothing
 */
public record ListedEntry(String input, @Nullable String method, @Nullable Meta meta) {
  /** An entry of which the list has nothing but its text. */
  public ListedEntry(String input) {
    this(input, null, null);
  }

  static ListedEntry of(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> {
        String method = request.own() == null ? null : request.own().method();
        yield new ListedEntry(request.input(), method, request.meta());
      }
      case BadLine line -> new ListedEntry(line.input(), null, line.meta());
    };
  }
}

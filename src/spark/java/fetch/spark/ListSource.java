package fetch.spark;

import fetch.input.EntryParser;
import fetch.input.LineParser;
import fetch.input.Source;
import fetch.input.UrlTemplate;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the lists of a job, and how to read its lines.
 *
 * @param name in messages
 * @param urlKey the key or column with the URLs; ignored for {@link Syntax#LINES}
 * @param template makes URLs of the values of entries, null if lists have URLs
 * @param entryOptions whether objects may override how their URL is requested
 */
record ListSource(
    String name, Syntax syntax, String urlKey, @Nullable String template, boolean entryOptions)
    implements Serializable {
  /** The syntax of lines. */
  enum Syntax {
    /** One URL each. */
    LINES,
    /** One JSON object each. */
    OBJECTS,
    /** Rows of a table, as JSON objects. */
    ROWS
  }

  LineParser parser(EntryParser urls) {
    UrlTemplate parsed = template == null ? null : UrlTemplate.parse(template);
    return switch (syntax) {
      case LINES -> LineParser.ofUrls(parsed, source(), urls);
      case OBJECTS -> LineParser.ofObjects(urlKey, entryOptions, parsed, source(), urls);
      case ROWS -> LineParser.ofRows(urlKey, parsed, source(), urls);
    };
  }

  private Source source() {
    return name.contains("://") || syntax == Syntax.ROWS
        ? new Source.RemoteList(name, true)
        : new Source.ListFile(Path.of(name));
  }

  /** Whether entries of any list may have more than a URL. */
  static boolean anyStructured(List<ListSource> sources) {
    return sources.stream().anyMatch(ListSource::isStructured);
  }

  /** Whether entries may have more than a URL. */
  boolean isStructured() {
    return syntax != Syntax.LINES || template != null;
  }
}

package fetch.spark;

import fetch.input.EntryParser;
import fetch.input.LineParser;
import fetch.input.Source;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * One of the lists of a job, as its lines have to be read.
 *
 * @param name what messages call it
 * @param urlKey which key or column has the URLs; ignored for {@link Syntax#LINES}
 * @param entryOptions whether objects may say how their URL is requested
 */
record ListSource(String name, Syntax syntax, String urlKey, boolean entryOptions)
    implements Serializable {
  /** What its lines look like. */
  enum Syntax {
    /** One URL each. */
    LINES,
    /** One JSON object each. */
    OBJECTS,
    /** Rows of a table, as JSON objects. */
    ROWS
  }

  LineParser parser(EntryParser urls) {
    return switch (syntax) {
      case LINES -> LineParser.ofUrls(source(), urls);
      case OBJECTS -> LineParser.ofObjects(urlKey, entryOptions, source(), urls);
      case ROWS -> LineParser.ofRows(urlKey, source(), urls);
    };
  }

  private Source source() {
    return name.contains("://") || syntax == Syntax.ROWS
        ? new Source.RemoteList(name, true)
        : new Source.ListFile(Path.of(name));
  }

  /** Whether entries may have more than a URL. */
  boolean isStructured() {
    return syntax != Syntax.LINES;
  }
}

package fetch.input;

import fetch.Entry;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads sources one after another and numbers their entries through. A source that cannot be read
 * is complained of, once, and the next one is taken up. For one thread.
 */
public final class EntryReader implements Closeable {
  private static final int BATCH = 256;

  private final Deque<Source> sources;
  private final EntryParser parser;
  private final long limit;
  private final Consumer<String> complaints;
  private @Nullable Source source;
  private @Nullable LineReader lines;
  private long entries;

  /**
   * @param limit how many entries at most
   * @param complaints takes one sentence for each source that cannot be read
   */
  public EntryReader(
      List<Source> sources, EntryParser parser, long limit, Consumer<String> complaints) {
    this.sources = new ArrayDeque<>(sources);
    this.parser = parser;
    this.limit = limit;
    this.complaints = complaints;
  }

  /**
   * The next entries, as many as are at hand; none at the end. Blocks until there is one, but not
   * for a second one.
   */
  public List<Entry> next() {
    List<Entry> batch = new ArrayList<>();
    while (entries < limit && batch.size() < BATCH && (batch.isEmpty() || ready())) {
      Line line = nextLine();
      if (line == null) {
        break;
      }
      if (line.isEntry()) {
        batch.add(parser.parse(entries++, line, sourceName()));
      }
    }
    return batch;
  }

  /** Whether all that is left can be counted in reasonable time. */
  public boolean countable() {
    return (source == null || source.countable()) && sources.stream().allMatch(Source::countable);
  }

  private boolean ready() {
    return lines != null && lines.ready();
  }

  private String sourceName() {
    return source == null ? "" : source.name();
  }

  private @Nullable Line nextLine() {
    while (lines != null || openNext()) {
      Line line = readLine();
      if (line != null) {
        return line;
      }
      close();
    }
    return null;
  }

  private boolean openNext() {
    while (!sources.isEmpty()) {
      source = sources.remove();
      try {
        lines = new LineReader(ListStream.open(source.open()));
        return true;
      } catch (IOException e) {
        complain(e);
      }
    }
    return false;
  }

  private @Nullable Line readLine() {
    try {
      return lines == null ? null : lines.next();
    } catch (IOException e) {
      complain(e);
      return null;
    }
  }

  private void complain(IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ ->
              "no such file; a URL given in place of one begins with http:// or https://";
          case FileNotFoundException _ -> "no such file";
          case AccessDeniedException _ -> "permission denied";
          default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    complaints.accept(sourceName() + ": " + reason);
  }

  @Override
  public void close() {
    try {
      if (lines != null) {
        lines.close();
      }
    } catch (IOException e) {
      complain(e);
    } finally {
      lines = null;
    }
  }
}

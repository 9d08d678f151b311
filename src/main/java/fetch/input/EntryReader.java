package fetch.input;

import fetch.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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

  /** A source that is being read. */
  private record Reading(Source source, ListReader list) {}

  private final Deque<Source> sources;
  private final ListFormat format;
  private final EntryParser parser;
  private final long limit;
  private final Shard shard;
  private final Consumer<String> complaints;
  private @Nullable Reading current;
  private long entries;

  /** A reader of lists that are what their names say. */
  public EntryReader(
      List<Source> sources,
      EntryParser parser,
      long limit,
      Shard shard,
      Consumer<String> complaints) {
    this(sources, ListFormat.BY_NAME, parser, limit, shard, complaints);
  }

  /**
   * @param format what the lists look like
   * @param limit how many entries at most, those of other parts included
   * @param shard the part of the list to read
   * @param complaints takes one sentence for each source that cannot be read
   */
  public EntryReader(
      List<Source> sources,
      ListFormat format,
      EntryParser parser,
      long limit,
      Shard shard,
      Consumer<String> complaints) {
    this.sources = new ArrayDeque<>(sources);
    this.format = format;
    this.parser = parser;
    this.limit = limit;
    this.shard = shard;
    this.complaints = complaints;
  }

  /**
   * The next entries, as many as are at hand; none at the end. Blocks until there is one, but not
   * for a second one.
   */
  public List<Entry> next() {
    List<Entry> batch = new ArrayList<>();
    while (entries < limit && batch.size() < BATCH && (batch.isEmpty() || ready())) {
      Reading reading = reading();
      if (reading == null) {
        break;
      }
      Line line = nextEntry(reading);
      if (line != null) {
        addIfOurs(reading.list().parse(entries++, line), batch);
      }
    }
    return batch;
  }

  private void addIfOurs(Entry entry, List<Entry> batch) {
    if (shard.has(entry)) {
      batch.add(entry);
    }
  }

  /** Passes over the next entries and says how many they were; none at the end. */
  int skip() {
    int skipped = 0;
    while (entries < limit && skipped < BATCH) {
      Reading reading = reading();
      if (reading == null) {
        break;
      }
      Line line = nextEntry(reading);
      if (line != null) {
        skipped += isOurs(entries++, line, reading) ? 1 : 0;
      }
    }
    return skipped;
  }

  /** Parses only where the part depends on it. */
  private boolean isOurs(long urlnum, Line line, Reading reading) {
    return shard.equals(Shard.WHOLE) || shard.has(reading.list().parse(urlnum, line));
  }

  /** Whether all that is left can be counted in reasonable time. */
  public boolean countable() {
    return (current == null || current.source().countable())
        && sources.stream().allMatch(Source::countable);
  }

  private boolean ready() {
    return current != null && current.list().ready();
  }

  private @Nullable Reading reading() {
    while (current == null && !sources.isEmpty()) {
      Source source = sources.remove();
      try {
        current = new Reading(source, format.open(source, parser));
      } catch (IOException e) {
        complain(source, e);
      }
    }
    return current;
  }

  /** The next line if it asks for anything; closes a source that has no next line. */
  private @Nullable Line nextEntry(Reading reading) {
    Line line = nextLine(reading);
    if (line == null) {
      close();
    }
    return line != null && reading.list().isEntry(line) ? line : null;
  }

  private @Nullable Line nextLine(Reading reading) {
    try {
      return reading.list().next();
    } catch (IOException e) {
      complain(reading.source(), e);
      return null;
    }
  }

  private void complain(Source source, IOException e) {
    complaints.accept(source.name() + ": " + reason(e));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          "no such file; a URL given in place of one begins with http:// or https://";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  @Override
  public void close() {
    Reading reading = current;
    current = null;
    if (reading == null) {
      return;
    }
    try {
      reading.list().close();
    } catch (IOException e) {
      complain(reading.source(), e);
    }
  }
}

package fetch.input;

import fetch.Entry;
import fetch.FetchRequest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads sources one after another and numbers their entries consecutively. Reports a source that
 * cannot be read, once, and continues with the next. For one thread.
 */
public final class EntryReader implements Entries {
  private static final int BATCH = 256;

  /**
   * A source that is being read.
   *
   * @param before the number of entries before its own
   */
  private record Reading(Source source, ListReader list, long before) {}

  private final Deque<Source> sources;
  private final ListFormat format;
  private final EntryParser parser;
  private final long limit;
  private final Shard shard;
  private final CompletedEntries completed;
  private final boolean continues;
  private final Consumer<String> complaints;
  private Consumer<String> notes = _ -> {};
  private @Nullable BiConsumer<FetchRequest, RecordedOutcome> takesCompleted;
  private @Nullable Reading current;

  /** The list that named the current one. */
  private @Nullable Reading outer;

  private long entries;

  /** The position of the next entry, unless the entry states its own. */
  private long following;

  private boolean broken;

  /** A reader of whole lists in the formats of their names. */
  public EntryReader(
      List<Source> sources,
      EntryParser parser,
      long limit,
      Shard shard,
      Consumer<String> complaints) {
    this(sources, ListFormat.BY_NAME, parser, limit, shard, complaints);
  }

  /** A reader of whole lists or a shard of them. */
  public EntryReader(
      List<Source> sources,
      ListFormat format,
      EntryParser parser,
      long limit,
      Shard shard,
      Consumer<String> complaints) {
    this(sources, format, parser, limit, shard, CompletedEntries.NOTHING, complaints);
  }

  /**
   * @param format of the lists
   * @param limit the most entries, those of other shards included
   * @param shard the part of the list to read
   * @param completed the entries to skip
   * @param complaints receives one sentence for each source that cannot be read
   */
  public EntryReader(
      List<Source> sources,
      ListFormat format,
      EntryParser parser,
      long limit,
      Shard shard,
      CompletedEntries completed,
      Consumer<String> complaints) {
    this.sources = new ArrayDeque<>(sources);
    this.format = format;
    this.parser = parser;
    this.limit = limit;
    this.shard = shard;
    this.completed = completed;
    this.continues = !completed.equals(CompletedEntries.NOTHING);
    this.complaints = complaints;
  }

  /** Reports sources without entries, which may be mistakes, with one sentence each. */
  public EntryReader noteEmptySources(Consumer<String> takesNotes) {
    notes = takesNotes;
    return this;
  }

  @Override
  public void passCompleted(BiConsumer<FetchRequest, RecordedOutcome> takes) {
    takesCompleted = takes;
  }

  @Override
  public List<Entry> next() {
    List<Entry> batch = new ArrayList<>();
    try {
      while (entries < limit && wantsMore(batch)) {
        Reading reading = reading();
        if (reading == null) {
          break;
        }
        Line line = nextEntry(reading);
        long urlnum = line == null ? -1 : place(line, reading);
        if (line != null && urlnum >= 0) {
          addIfNewAndOurs(urlnum, line, reading, batch);
        }
      }
      if (batch.isEmpty() || !completed.agrees()) {
        completed.atEnd(following, broken || entries == limit);
      }
      return batch;
    } catch (ListChangedException e) {
      giveUp(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** The position of an entry; -1, after a complaint, if positions do not ascend. */
  private long place(Line line, Reading reading) {
    long own = reading.list().position(line);
    if (own >= 0 && own < following) {
      complain(
          reading.source(),
          new IOException(
              "line "
                  + line.number()
                  + ": position "
                  + own
                  + " does not come after "
                  + (following - 1)
                  + "; fetch the parts of a divided list one by one"));
      closeCurrent();
      return -1;
    }
    long urlnum = own < 0 ? following : own;
    following = urlnum + 1;
    entries++;
    return urlnum;
  }

  private boolean wantsMore(List<Entry> batch) {
    return !completed.agrees() || (batch.size() < BATCH && (batch.isEmpty() || ready()));
  }

  private void addIfNewAndOurs(long urlnum, Line line, Reading reading, List<Entry> batch)
      throws ListChangedException {
    if (isDone(urlnum, line, reading)) {
      passOn(urlnum, line, reading);
    } else {
      Entry entry = reading.list().parse(urlnum, line);
      if (shard.has(entry, parser)) {
        completed.isNew(urlnum);
        batch.add(entry);
      }
    }
  }

  private boolean isDone(long urlnum, Line line, Reading reading) throws ListChangedException {
    return continues && completed.has(urlnum, reading.list().listed(urlnum, line));
  }

  private void passOn(long urlnum, Line line, Reading reading) {
    if (takesCompleted == null) {
      return;
    }
    RecordedOutcome outcome = completed.outcome();
    if (outcome != null && reading.list().parse(urlnum, line) instanceof FetchRequest request) {
      takesCompleted.accept(request, outcome);
    }
  }

  /** Stops: the positions of further entries would be wrong. */
  private void giveUp(String complaint) {
    sources.clear();
    closeAll();
    complaints.accept(complaint);
  }

  /** Reads on up to a position, only to compare the list with the earlier one, and closes it. */
  public void check(long urlnum) {
    while (following <= urlnum && !next().isEmpty()) {
      // New entries will be read again.
    }
    close();
  }

  @Override
  public long skip() {
    long skipped = 0;
    try {
      while (entries < limit && skipped < BATCH) {
        Reading reading = reading();
        if (reading == null) {
          break;
        }
        long passed = passesOver() ? reading.list().passOver(limit - entries) : 0;
        entries += passed;
        following += passed;
        skipped += passed;
        Line line = entries < limit ? nextEntry(reading) : null;
        long urlnum = line == null ? -1 : place(line, reading);
        if (line != null && urlnum >= 0) {
          skipped += !isDone(urlnum, line, reading) && isOurs(urlnum, line, reading) ? 1 : 0;
        }
      }
    } catch (ListChangedException e) {
      giveUp(String.valueOf(e.getMessage()));
    }
    return skipped;
  }

  /** Whether entries count without being parsed. */
  private boolean passesOver() {
    return !continues && shard.isWhole();
  }

  /** Whether an entry is in the shard; parses it only if that matters. */
  private boolean isOurs(long urlnum, Line line, Reading reading) {
    return shard.isWhole() || shard.has(reading.list().parse(urlnum, line), parser);
  }

  @Override
  public boolean countable() {
    return outer == null
        && (current == null || format.countable(current.source()))
        && sources.stream().allMatch(format::countable);
  }

  private boolean ready() {
    return current != null && current.list().ready();
  }

  private @Nullable Reading reading() {
    while (current == null && (outer != null || !sources.isEmpty())) {
      if (outer == null) {
        open(sources.remove());
      } else {
        current = outer;
        outer = null;
      }
    }
    return current;
  }

  private void open(Source source) {
    try {
      current = new Reading(source, format.open(source, parser), entries);
    } catch (IOException e) {
      complain(source, e);
    }
  }

  /**
   * Starts reading a list that the current one names; the rest of the current list follows later.
   * One level deep.
   */
  private void openNested(Source source, Reading reading) {
    if (outer != null) {
      complain(source, new IOException("an index within an index is not read"));
      return;
    }
    outer = reading;
    current = null;
    open(source);
  }

  /** The next line that is an entry; closes a source at its end. */
  private @Nullable Line nextEntry(Reading reading) {
    Line line = nextLine(reading);
    if (line == null) {
      closeCurrent();
    }
    Source nested = line == null ? null : reading.list().nested(line);
    if (nested != null) {
      openNested(nested, reading);
      return null;
    }
    return line != null && reading.list().isEntry(line) ? line : null;
  }

  private @Nullable Line nextLine(Reading reading) {
    try {
      Line line = reading.list().next();
      if (line == null && entries == reading.before() && !broken) {
        notes.accept(reading.source().name() + " has no entries");
      }
      return line;
    } catch (IOException e) {
      complain(reading.source(), e);
      return null;
    }
  }

  /**
   * Reports an unreadable source. Later positions are then unknown, which matters to a run that
   * resumes.
   */
  private void complain(Source source, IOException e) {
    if (continues) {
      sources.clear();
      broken = true;
      Reading rest = outer;
      outer = null;
      close(rest);
    }
    complaints.accept(source.name() + ": " + reason(e));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file; a URL must begin with http:// or https://";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  @Override
  public void close() {
    closeAll();
  }

  private void closeAll() {
    Reading rest = outer;
    outer = null;
    close(rest);
    closeCurrent();
  }

  private void closeCurrent() {
    Reading reading = current;
    current = null;
    close(reading);
  }

  private void close(@Nullable Reading reading) {
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

package fetch.since;

import fetch.Change;
import fetch.Changes;
import fetch.Changes.Vanished;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Precondition;
import fetch.Preconditions;
import fetch.Representation;
import fetch.SavedBody;
import fetch.Validators;
import fetch.input.CompletedEntries;
import fetch.input.ListChangedException;
import fetch.input.ListedEntry;
import fetch.input.RecordedOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loads the records of an earlier run; makes conditional requests from them and compares results
 * with them. Safe for many threads, except {@link #see}, which is for one.
 */
public final class EarlierRun implements Preconditions {
  private static final int MOST_NAMED = 10;

  /** Checks whether a saved body has everything that this run requires. */
  public interface Bodies {
    boolean have(FetchRequest request, SavedBody before);
  }

  private final Path file;
  private final EarlierResultTable table = new EarlierResultTable();
  private final String method;
  private final Bodies bodies;
  private final Map<Change, LongAdder> counts = new EnumMap<>(Change.class);
  private boolean torn;
  private boolean getForHead;

  private EarlierRun(Path file, String method, Bodies bodies) {
    this.file = file;
    this.method = method;
    this.bodies = bodies;
    for (Change change : Change.values()) {
      counts.put(change, new LongAdder());
    }
  }

  /**
   * Reads the records; none if the file does not exist.
   *
   * @param method the default request method
   */
  public static EarlierRun read(Path file, String method, Bodies bodies) throws IOException {
    EarlierRun run = new EarlierRun(file, method, bodies);
    if (Files.exists(file)) {
      run.read();
    }
    return run;
  }

  /** Makes records of GET and of HEAD interchangeable from now on. */
  public EarlierRun withGetForHead() {
    getForHead = true;
    return this;
  }

  private @Nullable EarlierResult past(String input, String wanted) {
    EarlierResult past = table.get(input, wanted);
    if (past != null || !getForHead) {
      return past;
    }
    return switch (wanted) {
      case "HEAD" -> table.get(input, "GET");
      case "GET" -> table.get(input, "HEAD");
      default -> null;
    };
  }

  private void read() throws IOException {
    try (EarlierResultReader reader = new EarlierResultReader(file)) {
      while (reader.next()) {
        table.put(reader.input(), reader.method(), reader.past());
      }
      torn = reader.torn();
    }
  }

  /** Whether the last record is torn. */
  public boolean torn() {
    return torn;
  }

  @Override
  public @Nullable Precondition of(FetchRequest request) {
    String wanted = request.method(method);
    EarlierResult past = past(request.input(), wanted);
    if (past == null || !past.ok() || past.validators().equals(Validators.NONE)) {
      return null;
    }
    if (!wanted.equals("HEAD") && !bodies.have(request, past.stored())) {
      return null;
    }
    String url = past.url() == null ? request.target().url() : past.url();
    int fragment = url.indexOf('#');
    return new Precondition(fragment < 0 ? url : url.substring(0, fragment), past.validators());
  }

  /** The result with its change since the earlier run. */
  public FetchResult compared(FetchResult result) {
    EarlierResult past = past(result.entry().input(), result.method());
    Change change = ChangeDetector.between(past, result);
    Representation now = result.representation();
    return past != null && past.ok() && ChangeDetector.isStill(result)
        ? result.compared(change, still(now, past))
        : result.compared(change, now);
  }

  private static Representation still(Representation now, EarlierResult past) {
    String file = now.stored().file() == null ? past.stored().file() : now.stored().file();
    return new Representation(
        now.stored().withFile(file).withDigests(past.stored().digests()),
        now.validators().or(past.validators()));
  }

  /** Counts a result whose record was written. */
  public void count(FetchResult result) {
    LongAdder counter = result.change() == null ? null : counts.get(result.change());
    if (counter != null) {
      counter.increment();
    }
  }

  /** Notes that the list still has an entry. */
  public void see(Entry entry) {
    table.see(entry.input());
  }

  /** Wraps completed entries, to note that the list still has them. */
  public CompletedEntries seeing(CompletedEntries earlier) {
    return new CompletedEntries() {
      @Override
      public boolean has(long urlnum, ListedEntry entry) throws ListChangedException {
        table.see(entry.input());
        return earlier.has(urlnum, entry);
      }

      @Override
      public @Nullable RecordedOutcome outcome() {
        return earlier.outcome();
      }

      @Override
      public void isNew(long urlnum) throws ListChangedException {
        earlier.isNew(urlnum);
      }

      @Override
      public boolean agrees() {
        return earlier.agrees();
      }

      @Override
      public void atEnd(long entries, boolean limited) throws ListChangedException {
        earlier.atEnd(entries, limited);
      }
    };
  }

  /** The changes so far, without vanished entries. */
  public Changes changes() {
    return new Changes(counts(), null);
  }

  /**
   * The changes, once the list or a part of it was read.
   *
   * @param ours whether an entry belongs to that part; null for the whole list
   */
  public Changes changes(@Nullable Predicate<String> ours) {
    return new Changes(counts(), vanished(ours));
  }

  private Map<Change, Long> counts() {
    Map<Change, Long> result = new EnumMap<>(Change.class);
    counts.forEach((change, count) -> result.put(change, count.sum()));
    return result;
  }

  /** The entries that vanished from the list; null if unknown. */
  private @Nullable Vanished vanished(@Nullable Predicate<String> ours) {
    long unseen = table.unseen();
    List<String> some = new ArrayList<>();
    if (unseen == 0) {
      return new Vanished(0, some);
    }
    long found = find(ours, some);
    return ours == null ? new Vanished(unseen, some) : found < 0 ? null : new Vanished(found, some);
  }

  /**
   * Reads the records again, because their texts are not kept in memory.
   *
   * @return the number that belong to the part; negative if the file is gone
   */
  private long find(@Nullable Predicate<String> ours, List<String> some) {
    long found = 0;
    if (!Files.isRegularFile(file)) {
      return -1;
    }
    try (EarlierResultReader reader = new EarlierResultReader(file)) {
      while ((ours != null || some.size() < MOST_NAMED) && reader.next()) {
        String input = reader.input();
        if (table.see(input) && (ours == null || ours.test(input))) {
          found++;
          if (some.size() < MOST_NAMED) {
            some.add(input);
          }
        }
      }
      return found;
    } catch (IOException e) {
      return -1;
    }
  }
}

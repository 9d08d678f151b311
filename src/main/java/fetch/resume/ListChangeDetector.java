package fetch.resume;

import fetch.Quantity;
import fetch.input.CompletedEntries;
import fetch.input.ListChangedException;
import fetch.input.ListedEntry;
import fetch.input.RecordedOutcome;
import fetch.output.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Detects that the list has changed: compares checksums of its entries with those of the records,
 * block by block. On a difference, reads the records again to describe it.
 */
final class ListChangeDetector implements CompletedEntries {
  /** Reads the entries of some positions from their records again. */
  interface Records {
    Map<Long, List<String>> entries(long from, long to) throws IOException;
  }

  private final Path path;
  private final RecordedPositions positions;
  private final @Nullable RecordedOutcomes outcomes;
  private final boolean ordered;
  private final Records records;
  private final EntryFingerprints fingerprints;

  /** The entries of the current block that have a record. */
  private final @Nullable ListedEntry[] entries = new ListedEntry[RecordedPositions.BLOCK];

  /** The first block that is not compared yet. */
  private int current;

  private long sum;
  private long next;

  /**
   * @param path for messages
   * @param outcomes of the entries at these positions, null if they are not needed
   * @param ordered whether new records must come after all existing ones
   */
  ListChangeDetector(
      Path path,
      RecordedPositions positions,
      @Nullable RecordedOutcomes outcomes,
      boolean ordered,
      EntryFingerprints fingerprints,
      Records records) {
    this.path = path;
    this.positions = positions;
    this.outcomes = outcomes;
    this.ordered = ordered;
    this.fingerprints = fingerprints;
    this.records = records;
  }

  @Override
  public boolean has(long urlnum, ListedEntry entry) throws ListChangedException {
    compareUpTo(RecordedPositions.block(urlnum), Long.MAX_VALUE);
    next = urlnum + 1;
    boolean done = positions.has(urlnum);
    if (done) {
      sum += RecordedPositions.mix(urlnum, fingerprints.of(entry));
      entries[index(urlnum)] = entry;
    }
    if (urlnum <= positions.last() && agrees()) {
      compareUpTo(RecordedPositions.block(urlnum) + 1, next);
    }
    return done;
  }

  @Override
  public @Nullable RecordedOutcome outcome() {
    return outcomes == null ? null : outcomes.get(next - 1);
  }

  /**
   * Compares the blocks before this one. The positions of a shard have gaps.
   *
   * @param end of the positions that the list has reached
   */
  private void compareUpTo(int block, long end) throws ListChangedException {
    while (current < block && current <= RecordedPositions.block(positions.last())) {
      if (sum != positions.sum(current)) {
        compare(end);
      }
      sum = 0;
      Arrays.fill(entries, null);
      current++;
    }
  }

  private static int index(long urlnum) {
    return (int) (urlnum % RecordedPositions.BLOCK);
  }

  @Override
  public void isNew(long urlnum) throws ListChangedException {
    if (ordered && urlnum < positions.last()) {
      throw new ListChangedException(
          "entry "
              + urlnum
              + " has no record in "
              + path
              + ", but later entries have: resume without --ordered");
    }
  }

  @Override
  public boolean agrees() {
    return next > positions.last() || next % RecordedPositions.BLOCK == 0;
  }

  @Override
  public void atEnd(long entries, boolean limited) throws ListChangedException {
    if (!agrees()) {
      compareUpTo(RecordedPositions.block(next) + 1, next);
    }
    if (!limited && entries <= positions.last()) {
      throw new ListChangedException(
          "the list has changed: it ends after "
              + Quantity.of(entries, "entry")
              + ", but "
              + path
              + " has a record of entry "
              + positions.last());
    }
  }

  /** Finds the first entry of the current block that differs from its record. */
  private void compare(long end) throws ListChangedException {
    long from = (long) current * RecordedPositions.BLOCK;
    long to = Math.min(from + RecordedPositions.BLOCK, end) - 1;
    for (Map.Entry<Long, List<String>> record : recorded(from, to).entrySet()) {
      ListedEntry entry = entries[index(record.getKey())];
      if (entry == null) {
        throw new ListChangedException(
            "the list has changed: it has no entry "
                + record.getKey()
                + ", but "
                + path
                + " has a record of it");
      }
      List<String> now = fingerprints.texts(entry);
      for (int part = 0; part < now.size(); part++) {
        if (!now.get(part).equals(record.getValue().get(part))) {
          throw changed(record.getKey(), part, now, record.getValue().get(part));
        }
      }
    }
  }

  private ListChangedException changed(long urlnum, int part, List<String> now, String recorded) {
    String label = fingerprints.labels().get(part);
    String what = label.equals(Field.INPUT.label()) ? "" : label + " of ";
    return new ListChangedException(
        "the list has changed: "
            + (what.isEmpty() ? "" : "the ")
            + what
            + "entry "
            + urlnum
            + " is '"
            + now.get(part)
            + "' but in "
            + path
            + " it is '"
            + recorded
            + "'; --resume=match-input matches entries by their text");
  }

  private Map<Long, List<String>> recorded(long from, long to) throws ListChangedException {
    try {
      return new TreeMap<>(records.entries(from, to));
    } catch (IOException e) {
      throw new ListChangedException("the list has changed; " + e.getMessage());
    }
  }
}

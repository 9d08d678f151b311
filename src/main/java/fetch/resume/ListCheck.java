package fetch.resume;

import fetch.input.Earlier;
import fetch.input.ListChangedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what is read of the list against the positions that have a record, a block at a time. Where
 * the two differ, the records are read once more to say how.
 */
final class ListCheck implements Earlier {
  /** Reads again what the records of some positions say that was at them. */
  interface Records {
    Map<Long, String> inputs(long from, long to) throws IOException;
  }

  private final Path path;
  private final Positions positions;
  private final boolean ordered;
  private final Records records;
  private final FoundRecord hashing = new FoundRecord();

  /** The entries of this block, where they have a record. */
  private final String[] inputs = new String[Positions.BLOCK];

  private long sum;
  private long next;

  /**
   * @param path for messages
   * @param ordered whether all that is new must come after all that is there
   */
  ListCheck(Path path, Positions positions, boolean ordered, Records records) {
    this.path = path;
    this.positions = positions;
    this.ordered = ordered;
    this.records = records;
  }

  @Override
  public boolean has(long urlnum, String input) throws ListChangedException {
    next = urlnum + 1;
    boolean done = positions.has(urlnum);
    if (done) {
      sum += Positions.mix(urlnum, hashing.fingerprintOf(input));
      inputs[index(urlnum)] = input;
    }
    if (urlnum <= positions.last() && agrees()) {
      if (sum != positions.sum(Positions.block(urlnum))) {
        compare();
      }
      sum = 0;
    }
    return done;
  }

  private static int index(long urlnum) {
    return (int) (urlnum % Positions.BLOCK);
  }

  @Override
  public void isNew(long urlnum) throws ListChangedException {
    if (ordered && urlnum < positions.last()) {
      throw new ListChangedException(
          "entry "
              + urlnum
              + " has no record in "
              + path
              + ", but later ones have: go on without --ordered");
    }
  }

  @Override
  public boolean agrees() {
    return next > positions.last() || next % Positions.BLOCK == 0;
  }

  @Override
  public void atEnd(long entries, boolean limited) throws ListChangedException {
    if (!agrees()) {
      compare();
    }
    if (!limited && entries <= positions.last()) {
      throw new ListChangedException(
          "the list has changed: it ends after "
              + entries
              + " entries, but "
              + path
              + " has a record of entry "
              + positions.last());
    }
  }

  /** Finds the first entry of the block that is not what its record says. */
  private void compare() throws ListChangedException {
    long last = next - 1;
    for (Map.Entry<Long, String> record : recorded(last - index(last), last).entrySet()) {
      String now = inputs[index(record.getKey())];
      if (!now.equals(record.getValue())) {
        throw new ListChangedException(
            "the list has changed: entry "
                + record.getKey()
                + " is '"
                + now
                + "' but in "
                + path
                + " it is '"
                + record.getValue()
                + "'; --resume=match-input goes by the text instead");
      }
    }
  }

  private Map<Long, String> recorded(long from, long to) throws ListChangedException {
    try {
      return new TreeMap<>(records.inputs(from, to));
    } catch (IOException e) {
      throw new ListChangedException("the list has changed; " + e.getMessage());
    }
  }
}

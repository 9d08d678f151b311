package fetch.spark;

import fetch.BadLine;
import fetch.FetchRequest;
import fetch.input.RequestHash;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Finds the entries of the whole list whose request comes before, and stores them apart from those
 * that are fetched. Requests are compared by a hash of 128 bits.
 *
 * @param query is appended to the query of each URL, null for nothing
 * @param method of requests that have none of their own
 */
record DuplicateLines(
    Broadcast<SerializableConfiguration> hadoop,
    String output,
    List<ListSource> sources,
    @Nullable String query,
    String method) {
  /** Where they are. */
  static final String DIRECTORY = "_list/duplicates";

  private static final String DONE = DIRECTORY + "/" + ListDivision.DONE;

  /** An entry, and the position of the first with its request; -1 for the first itself. */
  private record Marked(long first, ListedLine line) implements Serializable {
    boolean isDuplicate() {
      return first >= 0;
    }
  }

  /**
   * What identifies a request, and the position of an entry that has it.
   *
   * @param request false for an entry that is not requested
   */
  private record Key(long high, long low, boolean request, long urlnum)
      implements Comparable<Key>, Serializable {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::high)
            .thenComparingLong(Key::low)
            .thenComparing(Key::request)
            .thenComparingLong(Key::urlnum);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }

    boolean hasRequestOf(Key other) {
      return request && other.request && high == other.high && low == other.low;
    }
  }

  /** The random keys of two hashes, which all tasks share. */
  private record Seed(long first, long second, long third, long fourth) implements Serializable {
    static Seed random() {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      return new Seed(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
  }

  /** Puts all entries with a request into the same partition. */
  private static final class ByRequest extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int parts;

    ByRequest(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object key) {
      return key instanceof Key request
          ? (int) Long.remainderUnsigned(Packing.mix(request.high()) >>> 16, parts)
          : 0;
    }
  }

  /** The lists of what is fetched, and how many entries are not. */
  record Divided(JavaRDD<ListedLine> firsts, DividedList duplicates) {}

  /** Stores the duplicates of a list. */
  Divided divide(JavaRDD<ListedLine> lines, int parts, String fingerprint) throws IOException {
    OutputDirectory directory = OutputDirectory.open(output, hadoop.value().value());
    directory.delete(DIRECTORY); // of a driver that ended in the middle
    JavaRDD<Marked> marked = marked(lines, parts);
    String to = output;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    List<Long> sizes =
        marked
            .filter(Marked::isDuplicate)
            .mapPartitionsWithIndex(
                (part, some) -> List.of(store(some, to, part, configuration)).iterator(), true)
            .collect();
    DividedList duplicates = new DividedList(fingerprint, sizes, Map.of());
    directory.write(DONE, duplicates::writeTo);
    return new Divided(marked.filter(entry -> !entry.isDuplicate()).map(Marked::line), duplicates);
  }

  /** The duplicates that are stored. */
  static DividedList stored(OutputDirectory directory) throws IOException {
    return DividedList.parse(directory.text(DONE));
  }

  private JavaRDD<Marked> marked(JavaRDD<ListedLine> lines, int parts) {
    List<ListSource> lists = sources;
    String appended = query;
    String usual = method;
    Seed seed = Seed.random();
    JavaPairRDD<Key, ListedLine> keyed =
        lines.mapPartitionsToPair(
            part -> keys(part, new EntryParsers(lists, appended), usual, seed));
    return keyed
        .repartitionAndSortWithinPartitions(new ByRequest(parts))
        .mapPartitions(DuplicateLines::mark, true);
  }

  private static Iterator<Tuple2<Key, ListedLine>> keys(
      Iterator<ListedLine> lines, EntryParsers parsers, String method, Seed seed) {
    RequestHash high = new RequestHash(method, seed.first(), seed.second());
    RequestHash low = new RequestHash(method, seed.third(), seed.fourth());
    return new Mapped<>(
        lines,
        line -> {
          Key key =
              switch (parsers.parse(line)) {
                case FetchRequest request ->
                    new Key(high.of(request), low.of(request), true, line.urlnum());
                case BadLine _ -> new Key(Packing.mix(line.urlnum()), 0, false, line.urlnum());
              };
          return new Tuple2<>(key, line);
        });
  }

  /** Entries with the same request follow each other, in the order of the list. */
  private static Iterator<Marked> mark(Iterator<Tuple2<Key, ListedLine>> sorted) {
    return new Iterator<>() {
      private @Nullable Key first;

      @Override
      public boolean hasNext() {
        return sorted.hasNext();
      }

      @Override
      public Marked next() {
        Tuple2<Key, ListedLine> entry = sorted.next();
        Key before = first;
        if (before != null && before.hasRequestOf(entry._1())) {
          return new Marked(before.urlnum(), entry._2());
        }
        first = entry._1();
        return new Marked(-1, entry._2());
      }
    };
  }

  private static String file(int part) {
    return String.format(java.util.Locale.ROOT, "%s/part-%05d", DIRECTORY, part);
  }

  private static long store(
      Iterator<Marked> duplicates,
      String output,
      int part,
      Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    return OutputDirectory.open(output, hadoop.value().value())
        .writeList(
            file(part),
            new Mapped<>(
                duplicates, duplicate -> duplicate.first() + "\t" + duplicate.line().encoded()));
  }

  /** The stored duplicates of a part, by the position of the first entry with their request. */
  static Iterator<Tuple2<Long, ListedLine>> read(OutputDirectory directory, int part)
      throws IOException {
    return new Mapped<>(
        directory.lines(file(part)),
        text -> {
          int tab = text.indexOf('\t');
          try {
            ListedLine line = ListedLine.decode(text.substring(tab + 1));
            return new Tuple2<>(Long.valueOf(text.substring(0, tab)), line);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}

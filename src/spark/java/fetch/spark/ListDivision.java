package fetch.spark;

import fetch.http.url.HostGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Divides a list into parts with all entries of a host in one, and stores the parts. Fetching tasks
 * then need no shuffle: a shuffle fails if an executor with earlier results is lost.
 *
 * @param group which hosts stay together
 * @param query appended to the query of each URL, null for none
 */
record ListDivision(
    JavaSparkContext spark,
    Broadcast<SerializableConfiguration> hadoop,
    String output,
    List<ListSource> sources,
    @Nullable String query,
    HostGroup group) {
  static final String DONE = "_DONE";

  /** The bits of a place that mix the entries of a part; those above are the number of the part. */
  private static final int MIXED_BITS = 40;

  /** Assigns each part to its own partition. */
  private static final class ByPart extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int parts;

    ByPart(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object key) {
      return key instanceof Long place ? (int) (place >>> MIXED_BITS) : 0;
    }
  }

  /**
   * Divides a list, and stores its parts for a round.
   *
   * @param mostSharers how many parts may share a host
   */
  DividedList divide(
      int round,
      JavaRDD<ListedLine> lines,
      String fingerprint,
      int parts,
      long total,
      ToIntFunction<String> mostSharers)
      throws IOException {
    OutputDirectory directory = OutputDirectory.open(output, hadoop.value().value());
    directory.delete(TaskPlan.roundDirectory(round)); // from a driver that stopped half-way
    Packing packing = pack(lines, parts, total, mostSharers);
    List<Long> sizes = store(round, lines, packing);
    DividedList divided = new DividedList(fingerprint, sizes, packing.shared());
    directory.write(TaskPlan.roundDirectory(round) + "/" + DONE, divided::writeTo);
    return divided;
  }

  /** Counts the entries of hosts. The driver gets only the names of hosts with many entries. */
  private Packing pack(
      JavaRDD<ListedLine> lines, int parts, long total, ToIntFunction<String> mostSharers) {
    List<ListSource> lists = sources;
    String appended = query;
    HostGroup by = group;
    long light = Packing.mostLight(total, parts);
    Weights weights = Weights.none(parts);
    lines
        .mapPartitionsToPair(part -> new HostCounts(part, new EntryParsers(lists, appended), by))
        .reduceByKey(Long::sum)
        .mapPartitions(hosts -> List.of(Weights.of(hosts, light, parts)).iterator())
        .collect()
        .forEach(weights::add);
    return Packing.of(weights.heavy(), weights.loads(), mostSharers);
  }

  private List<Long> store(int round, JavaRDD<ListedLine> lines, Packing packing) {
    List<ListSource> lists = sources;
    String appended = query;
    HostGroup by = group;
    String directory = output;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    Broadcast<Packing> packed = spark.broadcast(packing);
    return tagged(
            lines.mapPartitionsToPair(
                part -> places(part, new EntryParsers(lists, appended), by, packed.value())))
        .repartitionAndSortWithinPartitions(new ByPart(packing.parts()))
        .mapPartitionsWithIndex(
            (part, placed) ->
                List.of(write(placed, directory, round, part, configuration)).iterator(),
            true)
        .collect();
  }

  /** Spark has a shorter form for pairs of which it knows that they are numbers and text. */
  @SuppressWarnings("unchecked") // long is the class of Long here
  private static JavaPairRDD<Long, String> tagged(JavaPairRDD<Long, String> placed) {
    ClassTag<?> number = ClassTag$.MODULE$.Long();
    return JavaPairRDD.fromRDD(
        placed.rdd(), (ClassTag<Long>) number, ClassTag$.MODULE$.apply(String.class));
  }

  /** The place of each entry: hosts are mixed within a part, however the list is sorted. */
  private static Iterator<Tuple2<Long, String>> places(
      Iterator<ListedLine> lines, EntryParsers parsers, HostGroup group, Packing packing) {
    return new Mapped<>(
        lines,
        line -> {
          String key = parsers.key(line, group);
          long urlnum = line.urlnum();
          long part =
              key == null ? Packing.badPart(urlnum, packing.parts()) : packing.part(key, urlnum);
          long mixed = Packing.mix(urlnum) >>> (Long.SIZE - MIXED_BITS);
          return new Tuple2<>((part << MIXED_BITS) | mixed, line.encoded());
        });
  }

  private static long write(
      Iterator<Tuple2<Long, String>> placed,
      String output,
      int round,
      int part,
      Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    return OutputDirectory.open(output, hadoop.value().value())
        .writeList(TaskPlan.listFile(round, part), new Mapped<>(placed, Tuple2::_2));
  }

  /** The entries of a round that have no record yet. */
  JavaRDD<ListedLine> left(int round, DividedList list, ChunkFormat format) {
    String directory = output;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return spark
        .parallelize(list.numbers(), list.parts())
        .flatMap(part -> left(round, part, format, directory, configuration));
  }

  private static Iterator<ListedLine> left(
      int round,
      int part,
      ChunkFormat format,
      String output,
      Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    OutputDirectory directory = OutputDirectory.open(output, hadoop.value().value());
    PartChunks chunks =
        new PartChunks(directory, hadoop.value().value(), format, false, round, part);
    chunks.read();
    Iterator<String> lines = directory.lines(TaskPlan.listFile(round, part));
    return new Mapped<>(
        lines,
        text -> {
          try {
            ListedLine line = ListedLine.decode(text);
            return chunks.has(line.urlnum()) ? null : line;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}

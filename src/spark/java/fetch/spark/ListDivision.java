package fetch.spark;

import fetch.http.url.HostGroup;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

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

  /** The place of an entry: hosts are mixed within a part, however the list is sorted. */
  record Place(int part, long order) implements Comparable<Place>, Serializable {
    @Override
    public int compareTo(Place other) {
      int parts = Integer.compare(part, other.part);
      return parts == 0 ? Long.compare(order, other.order) : parts;
    }
  }

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
      return key instanceof Place place ? place.part() : 0;
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
    JavaPairRDD<String, Long> counts =
        lines
            .mapPartitionsToPair(part -> keys(part, new EntryParsers(lists, appended), by))
            .reduceByKey(Long::sum)
            .persist(StorageLevel.MEMORY_AND_DISK());
    long light = Packing.mostLight(total, parts);
    Map<String, Long> heavy = counts.filter(host -> host._2() > light).collectAsMap();
    long[] loads = new long[parts];
    counts
        .filter(host -> host._2() <= light)
        .mapToPair(host -> new Tuple2<>(Packing.lightPart(host._1(), parts), host._2()))
        .reduceByKey(Long::sum)
        .collect()
        .forEach(load -> loads[load._1()] = load._2());
    counts.unpersist();
    return Packing.of(heavy, loads, mostSharers);
  }

  private static Iterator<Tuple2<String, Long>> keys(
      Iterator<ListedLine> lines, EntryParsers parsers, HostGroup group) {
    return new Mapped<>(
        lines,
        line -> {
          String key = parsers.key(line, group);
          return key == null ? null : new Tuple2<>(key, 1L);
        });
  }

  private List<Long> store(int round, JavaRDD<ListedLine> lines, Packing packing) {
    List<ListSource> lists = sources;
    String appended = query;
    HostGroup by = group;
    String directory = output;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    Broadcast<Packing> packed = spark.broadcast(packing);
    return lines
        .mapPartitionsToPair(
            part -> places(part, new EntryParsers(lists, appended), by, packed.value()))
        .repartitionAndSortWithinPartitions(new ByPart(packing.parts()))
        .mapPartitionsWithIndex(
            (part, placed) ->
                List.of(write(placed, directory, round, part, configuration)).iterator(),
            true)
        .collect();
  }

  private static Iterator<Tuple2<Place, ListedLine>> places(
      Iterator<ListedLine> lines, EntryParsers parsers, HostGroup group, Packing packing) {
    return new Mapped<>(
        lines,
        line -> {
          String key = parsers.key(line, group);
          long urlnum = line.urlnum();
          int part =
              key == null ? Packing.badPart(urlnum, packing.parts()) : packing.part(key, urlnum);
          return new Tuple2<>(new Place(part, Packing.mix(urlnum)), line);
        });
  }

  private static long write(
      Iterator<Tuple2<Place, ListedLine>> placed,
      String output,
      int round,
      int part,
      Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    long[] size = new long[1];
    OutputDirectory.open(output, hadoop.value().value())
        .write(
            TaskPlan.listFile(round, part),
            out -> {
              BufferedWriter text =
                  new BufferedWriter(
                      new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8));
              while (placed.hasNext()) {
                text.write(placed.next()._2().encoded());
                text.write('\n');
                size[0]++;
              }
              text.close();
            });
    return size[0];
  }

  /** The entries of a round that have no record yet. */
  JavaRDD<ListedLine> left(int round, int parts, ChunkFormat format) {
    List<Integer> all = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      all.add(part);
    }
    String directory = output;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return spark
        .parallelize(all, Math.max(1, parts))
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
    Iterator<String> lines = directory.list(TaskPlan.listFile(round, part)).lines().iterator();
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

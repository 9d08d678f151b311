package fetch.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Gives each entry its position in the whole list, and each line its number, like {@code
 * zipWithIndex}, but one Spark job counts both. Blank lines and comments have no position.
 */
final class Numbering {
  private final JavaSparkContext spark;
  private final long limit;
  private long entries;

  /**
   * @param limit the most entries
   */
  Numbering(JavaSparkContext spark, long limit) {
    this.spark = spark;
    this.limit = limit;
  }

  /** The entries of all sources, one after the other. */
  JavaRDD<ListedLine> number(List<JavaRDD<RawLine>> sources) {
    JavaRDD<ListedLine> all = spark.emptyRDD();
    for (JavaRDD<RawLine> lines : sources) {
      all = all.union(number(lines));
    }
    long most = limit;
    return limit == Long.MAX_VALUE ? all : all.filter(line -> line.urlnum() < most);
  }

  private JavaRDD<ListedLine> number(JavaRDD<RawLine> lines) {
    List<long[]> counts = lines.mapPartitions(Numbering::count).collect();
    long[] firstLine = new long[counts.size()];
    long[] firstEntry = new long[counts.size()];
    long line = 0;
    for (int i = 0; i < counts.size(); i++) {
      firstLine[i] = line;
      firstEntry[i] = entries;
      line += counts.get(i)[0];
      entries += counts.get(i)[1];
    }
    return lines.mapPartitionsWithIndex(
        (index, part) -> numbered(part, firstLine[index], firstEntry[index]), false);
  }

  private static Iterator<long[]> count(Iterator<RawLine> part) {
    long lines = 0;
    long found = 0;
    while (part.hasNext()) {
      lines++;
      found += part.next().entry() ? 1 : 0;
    }
    return List.of(new long[] {lines, found}).iterator();
  }

  private static Iterator<ListedLine> numbered(
      Iterator<RawLine> part, long firstLine, long firstEntry) {
    long[] next = {firstLine, firstEntry};
    return new Mapped<>(
        part,
        raw -> {
          long line = ++next[0];
          return raw.entry()
              ? new ListedLine(next[1]++, line, raw.source(), raw.text(), raw.fault())
              : null;
        });
  }

  /** The number of entries numbered, in all sources. */
  long entries() {
    return Math.min(limit, entries);
  }
}

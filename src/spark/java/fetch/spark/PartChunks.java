package fetch.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The chunks of one part of the list in one round. Names are numbered without gaps, so chunk N is
 * written only by a task that has read those before it. For one thread, except {@link #has}.
 */
final class PartChunks {
  private final OutputDirectory directory;
  private final Configuration hadoop;
  private final ChunkFormat format;
  private final int round;
  private final int part;
  private final Positions positions = new Positions();
  private final List<Chunk> chunks = new ArrayList<>();

  PartChunks(
      OutputDirectory directory, Configuration hadoop, ChunkFormat format, int round, int part) {
    this.directory = directory;
    this.hadoop = hadoop;
    this.format = format;
    this.round = round;
    this.part = part;
  }

  /** Reads the positions of all existing chunks. */
  void read() throws IOException {
    while (directory.exists(next())) {
      readNext();
    }
  }

  private String next() {
    return Chunk.name(round, part, chunks.size(), format);
  }

  private void readNext() throws IOException {
    String name = next();
    long[] count = new long[1];
    format.readPositions(
        directory.resolve(name),
        hadoop,
        urlnum -> {
          positions.add(urlnum);
          count[0]++;
        });
    chunks.add(new Chunk(name, count[0]));
  }

  /**
   * Commits a file under the next name.
   *
   * @return false if another writer was faster; its positions are then known
   */
  boolean commit(Path finished, long records) throws IOException {
    String name = next();
    if (!directory.putIfAbsent(name, finished)) {
      readNext();
      return false;
    }
    chunks.add(new Chunk(name, records));
    return true;
  }

  /** Whether a position was committed by another writer, or before {@link #read}. */
  boolean has(long urlnum) {
    return positions.has(urlnum);
  }

  ChunkFormat format() {
    return format;
  }

  List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /** The number of positions that others have committed. */
  long found() {
    return positions.count();
  }
}

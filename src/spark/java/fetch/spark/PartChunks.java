package fetch.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one part of the list in one round. Names are numbered without gaps, so chunk N is
 * written only by a task that has read those before it. For one thread, except {@link #has}.
 */
final class PartChunks {
  private final OutputDirectory directory;
  private final Configuration hadoop;
  private final ChunkFormat format;
  private final boolean archived;
  private final int round;
  private final int part;
  private final Positions positions = new Positions();
  private final List<Chunk> chunks = new ArrayList<>();

  /**
   * @param archived whether records have an archive
   */
  PartChunks(
      OutputDirectory directory,
      Configuration hadoop,
      ChunkFormat format,
      boolean archived,
      int round,
      int part) {
    this.directory = directory;
    this.hadoop = hadoop;
    this.format = format;
    this.archived = archived;
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
    return stem() + "." + format;
  }

  /** The name of the next chunk, without extension. */
  String stem() {
    return Chunk.stem(round, part, chunks.size());
  }

  private void readNext() throws IOException {
    String name = next();
    Committed committed = new Committed();
    format.readCommitted(directory.resolve(name), hadoop, archived, committed);
    chunks.add(new Chunk(name, committed.count, committed.archive));
  }

  /** Takes what another writer has committed. */
  private final class Committed implements ChunkFormat.Committed {
    private long count;
    private @Nullable String archive;

    @Override
    public void take(long urlnum, @Nullable String file) {
      positions.add(urlnum);
      count++;
      archive = file == null ? archive : file;
    }
  }

  /**
   * Commits a file under the next name.
   *
   * @param archive which its records name, null for none
   * @return false if another writer was faster; its positions are then known
   */
  boolean commit(Path finished, long records, @Nullable String archive) throws IOException {
    String name = next();
    if (!directory.putIfAbsent(name, finished)) {
      readNext();
      return false;
    }
    chunks.add(new Chunk(name, records, archive));
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

package fetch.warc;

import fetch.file.OwnFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sorts lines by their bytes and drops duplicates, in bounded memory: sorts batches into temporary
 * files and merges them.
 */
final class LineSort {
  private static final int MOST_BYTES = 16 << 20;

  private final Supplier<Path> temporary;
  private final int mostBytes;
  private final List<FileChannel> runs = new ArrayList<>();

  /**
   * @param temporary gives the names of temporary files
   */
  LineSort(Supplier<Path> temporary) {
    this(temporary, MOST_BYTES);
  }

  /**
   * @param mostBytes size of a batch
   */
  LineSort(Supplier<Path> temporary, int mostBytes) {
    this.temporary = temporary;
    this.mostBytes = mostBytes;
  }

  /**
   * Sorts lines into a file.
   *
   * @param in stays open, and so does {@code to}
   */
  void sort(InputStream in, FileChannel to) throws IOException {
    CompleteLineReader lines = new CompleteLineReader(in);
    try {
      List<byte[]> batch = read(lines);
      while (!batch.isEmpty()) {
        batch.sort(Arrays::compareUnsigned);
        FileChannel run = OwnFile.create(temporary.get(), StandardOpenOption.DELETE_ON_CLOSE);
        runs.add(run);
        Output out = new Output(run);
        for (byte[] line : batch) {
          out.write(line);
        }
        out.flush();
        batch = read(lines);
      }
      merge(to);
    } finally {
      for (FileChannel run : runs) {
        run.close();
      }
    }
  }

  private List<byte[]> read(CompleteLineReader lines) throws IOException {
    List<byte[]> batch = new ArrayList<>();
    int bytes = 0;
    while (bytes < mostBytes) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      batch.add(line);
      bytes += line.length;
    }
    return batch;
  }

  private void merge(FileChannel to) throws IOException {
    PriorityQueue<Run> next = new PriorityQueue<>();
    for (FileChannel sorted : runs) {
      Run run = new Run(new CompleteLineReader(Channels.newInputStream(sorted.position(0))));
      if (run.advance()) {
        next.add(run);
      }
    }
    Output out = new Output(to);
    for (Run first = next.poll(); first != null; first = next.poll()) {
      out.write(first.line());
      if (first.advance()) {
        next.add(first);
      }
    }
    out.flush();
  }

  /** A sorted file, at its next line. */
  private static final class Run implements Comparable<Run> {
    private final CompleteLineReader lines;
    private byte[] line = {};

    Run(CompleteLineReader lines) {
      this.lines = lines;
    }

    boolean advance() throws IOException {
      byte[] next = lines.next();
      if (next == null) {
        return false;
      }
      line = next;
      return true;
    }

    byte[] line() {
      return line;
    }

    @Override
    public int compareTo(Run other) {
      return Arrays.compareUnsigned(line, other.line);
    }
  }

  /** Writes lines, and drops a line that equals the one before. */
  private static final class Output {
    private final OutputStream out;
    private byte @Nullable [] last;

    Output(FileChannel file) {
      this.out = new BufferedOutputStream(Channels.newOutputStream(file), 64 * 1024);
    }

    void write(byte[] line) throws IOException {
      if (!Arrays.equals(line, last)) {
        out.write(line);
      }
      last = line;
    }

    void flush() throws IOException {
      out.flush();
    }
  }
}

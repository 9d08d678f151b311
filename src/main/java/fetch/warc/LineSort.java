package fetch.warc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines in the order of their bytes, each once, in bounded memory: what is sorted at once is
 * merged in the end.
 */
final class LineSort {
  private static final int MOST_BYTES = 16 << 20;

  private final Supplier<Path> temporary;
  private final int mostBytes;
  private final List<Path> runs = new ArrayList<>();

  /**
   * @param temporary names of files
   */
  LineSort(Supplier<Path> temporary) {
    this(temporary, MOST_BYTES);
  }

  /**
   * @param mostBytes sorted at once
   */
  LineSort(Supplier<Path> temporary, int mostBytes) {
    this.temporary = temporary;
    this.mostBytes = mostBytes;
  }

  void sort(InputStream in, Path to) throws IOException {
    try (Lines lines = new Lines(in)) {
      List<byte[]> batch = read(lines);
      while (!batch.isEmpty()) {
        batch.sort(Arrays::compareUnsigned);
        Path run = temporary.get();
        runs.add(run);
        try (Output out = new Output(run)) {
          for (byte[] line : batch) {
            out.write(line);
          }
        }
        batch = read(lines);
      }
      merge(to);
    } finally {
      for (Path run : runs) {
        Files.deleteIfExists(run);
      }
    }
  }

  private List<byte[]> read(Lines lines) throws IOException {
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

  private void merge(Path to) throws IOException {
    PriorityQueue<Run> next = new PriorityQueue<>();
    try (Output out = new Output(to)) {
      for (Path path : runs) {
        Run run = new Run(new Lines(Files.newInputStream(path)));
        if (run.advance()) {
          next.add(run);
        }
      }
      for (Run first = next.poll(); first != null; first = next.poll()) {
        out.write(first.line());
        if (first.advance()) {
          next.add(first);
        }
      }
    } finally {
      for (Run run : next) {
        run.lines.close();
      }
    }
  }

  /** A file that is sorted, at one of its lines. */
  private static final class Run implements Comparable<Run> {
    private final Lines lines;
    private byte[] line = {};

    Run(Lines lines) {
      this.lines = lines;
    }

    boolean advance() throws IOException {
      byte[] next = lines.next();
      if (next == null) {
        lines.close();
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

  /** A file in which no line comes twice in a row. */
  private static final class Output implements AutoCloseable {
    private final OutputStream out;
    private byte @Nullable [] last;

    Output(Path path) throws IOException {
      this.out = new BufferedOutputStream(Files.newOutputStream(path), 64 * 1024);
    }

    void write(byte[] line) throws IOException {
      if (!Arrays.equals(line, last)) {
        out.write(line);
      }
      last = line;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}

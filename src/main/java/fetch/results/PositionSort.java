package fetch.results;

import fetch.results.RecordCursor.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a file of results by position, in bounded memory. Results are nearly in order, as they are
 * written when they end, so most files become one sorted run (replacement selection).
 */
final class PositionSort {
  private static final int MOST_BYTES = 16 << 20;

  /** The memory of a record besides its text. */
  private static final int OVERHEAD_BYTES = 96;

  /** A record, and the run that it can be added to. */
  private record Waiting(int run, long order, Item record) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int runs = Integer.compare(run, other.run);
      int records = runs == 0 ? record.compareTo(other.record) : runs;
      return records == 0 ? Long.compare(order, other.order) : records;
    }
  }

  private final Supplier<Path> temporary;
  private final int mostBytes;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private final List<RecordCursor> runs = new ArrayList<>();
  private @Nullable SortedRun open;
  private int current;
  private long last = -1;
  private long bytes;

  /**
   * @param temporary gives the names of temporary files
   */
  PositionSort(Supplier<Path> temporary) {
    this(temporary, MOST_BYTES);
  }

  /**
   * @param mostBytes of records held in memory
   */
  PositionSort(Supplier<Path> temporary, int mostBytes) {
    this.temporary = temporary;
    this.mostBytes = mostBytes;
  }

  /** Sorts a file; the caller closes the runs, each of which is sorted. */
  List<RecordCursor> sort(ResultsFile file, int number) throws IOException {
    long order = 0;
    try (RecordCursor records = new FileCursor(file, number)) {
      while (records.next()) {
        Item record = records.record();
        boolean fits = record.position() >= last;
        waiting.add(new Waiting(fits ? current : current + 1, order++, record));
        bytes += OVERHEAD_BYTES + record.text().length;
        while (bytes > mostBytes) {
          writeFirst();
        }
      }
      while (!waiting.isEmpty()) {
        writeFirst();
      }
      if (open != null) {
        runs.add(open.written());
        open = null;
      }
      return runs;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void writeFirst() throws IOException {
    Waiting first = waiting.remove();
    SortedRun run = open;
    if (run == null || first.run() > current) {
      if (run != null) {
        runs.add(run.written());
      }
      run = new SortedRun(temporary.get());
      open = run;
      current = first.run();
    }
    run.write(first.record());
    last = first.record().position();
    bytes -= OVERHEAD_BYTES + first.record().text().length;
  }

  private void close() throws IOException {
    if (open != null) {
      open.close();
    }
    for (RecordCursor run : runs) {
      run.close();
    }
  }
}

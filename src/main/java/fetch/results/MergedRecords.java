package fetch.results;

import fetch.results.RecordCursor.Item;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Merges the records of several files in order of position, in bounded memory. */
final class MergedRecords implements Closeable {
  /** The most files open at the same time. */
  private static final int MOST_OPEN = 256;

  private final Supplier<Path> temporary;
  private final List<RecordCursor> cursors = new ArrayList<>();

  /** The cursors by their current records. */
  private final PriorityQueue<Head> heads = new PriorityQueue<>();

  /**
   * A cursor that has a record.
   *
   * @param order among cursors with records of the same position and file
   */
  private record Head(RecordCursor cursor, int order) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int records = cursor.record().compareTo(other.cursor.record());
      return records == 0 ? Integer.compare(order, other.order) : records;
    }
  }

  private MergedRecords(Supplier<Path> temporary) {
    this.temporary = temporary;
  }

  /**
   * Opens files, and sorts those that are not in order.
   *
   * @param temporary gives the names of temporary files
   */
  static MergedRecords of(List<ResultsScan> files, Supplier<Path> temporary) throws IOException {
    return of(files, temporary, MOST_OPEN);
  }

  static MergedRecords of(List<ResultsScan> files, Supplier<Path> temporary, int mostOpen)
      throws IOException {
    MergedRecords merged = new MergedRecords(temporary);
    try {
      for (int number = 0; number < files.size(); number++) {
        merged.open(files.get(number), number);
        if (merged.cursors.size() >= mostOpen) {
          merged.join();
        }
      }
      merged.begin();
      return merged;
    } catch (IOException e) {
      merged.close();
      throw e;
    }
  }

  private void open(ResultsScan scan, int number) throws IOException {
    if (scan.ascending()) {
      cursors.add(new FileCursor(scan.file(), number));
    } else {
      cursors.addAll(new PositionSort(temporary).sort(scan.file(), number));
    }
  }

  /** Joins all open cursors into one. */
  private void join() throws IOException {
    SortedRun run = new SortedRun(temporary.get());
    try {
      begin();
      for (Item record = next(); record != null; record = next()) {
        run.write(record);
      }
      for (RecordCursor cursor : cursors) {
        cursor.close();
      }
    } catch (IOException e) {
      run.close();
      throw e;
    }
    cursors.clear();
    cursors.add(run.written());
  }

  private void begin() throws IOException {
    for (int i = 0; i < cursors.size(); i++) {
      if (cursors.get(i).next()) {
        heads.add(new Head(cursors.get(i), i));
      }
    }
  }

  /** The next record; null at the end. */
  @Nullable Item next() throws IOException {
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    Item record = head.cursor().record();
    if (head.cursor().next()) {
      heads.add(head);
    }
    return record;
  }

  @Override
  public void close() throws IOException {
    for (RecordCursor cursor : cursors) {
      cursor.close();
    }
  }
}

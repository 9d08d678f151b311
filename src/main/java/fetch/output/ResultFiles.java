package fetch.output;

import fetch.file.NumberedFiles;
import fetch.file.OwnFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files that the results of a run go to: one, or one after another of a limited size.
 *
 * <ul>
 *   <li>The last is locked, so that no other run writes to them.
 *   <li>The last is the one with the greatest number that is in the directory, whichever of those
 *       before it were moved away.
 *   <li>Opening them changes nothing; {@link #startAfresh} or {@link #goOn} does.
 *   <li>Each file holds whole records, after its own header.
 * </ul>
 *
 * Takes blocks of whole records. For one thread.
 */
public final class ResultFiles extends OutputStream {
  /** There is no limit to the size of a file. */
  public static final long ONE_FILE = Long.MAX_VALUE;

  private final PartNames names;

  /** The numbers of the files that were there, with that of the last. */
  private final List<Integer> numbers;

  private final long mostBytes;
  private final RecordEnds ends;
  private final byte[] header;
  private final Sync sync;
  private final List<RecordFile> replaced = new ArrayList<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile RecordFile last;
  private int number;
  private long size;
  private @Nullable Thread syncing;
  private volatile @Nullable IOException failure;

  private ResultFiles(
      PartNames names,
      List<Integer> numbers,
      RecordFile last,
      long mostBytes,
      OutputFormat format,
      byte[] header,
      Sync sync) {
    this.names = names;
    this.numbers = numbers;
    this.number = numbers.getLast();
    this.last = last;
    this.mostBytes = mostBytes;
    this.ends = new RecordEnds(format.hasQuotes());
    this.header = header;
    this.sync = sync;
  }

  /**
   * Opens and locks them, or says that another run has.
   *
   * @param mostBytes how large each may become, or {@link #ONE_FILE}
   * @param toReadToo whether the run will read what is there
   */
  public static ResultFiles open(
      Path path,
      long mostBytes,
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      Sync sync,
      boolean toReadToo)
      throws IOException {
    PartNames names = new PartNames(path, mostBytes != ONE_FILE);
    if (toReadToo) {
      names.checkThatNoOthersAreThere();
    }
    while (true) {
      List<Integer> there = names.existing();
      List<Integer> numbers = there.isEmpty() ? List.of(PartNames.FIRST) : there;
      RecordFile last = openLast(names, there, toReadToo);
      if (last == null) {
        continue; // another run was quicker to make it
      }
      if (!last.lock()) {
        last.close();
        throw new IOException(names.get(numbers.getLast()) + ": another run is writing to it");
      }
      if (!names.numbered() || names.existing().equals(numbers)) {
        return new ResultFiles(
            names, numbers, last, mostBytes, format, format.header(fields), sync);
      }
      last.close(); // another run has just begun the next
    }
  }

  private static @Nullable RecordFile openLast(
      PartNames names, List<Integer> there, boolean toReadToo) throws IOException {
    if (!names.numbered()) {
      return RecordFile.open(names.file(), toReadToo);
    }
    try {
      return there.isEmpty()
          ? RecordFile.create(names.get(PartNames.FIRST))
          : RecordFile.openOwn(names.get(there.getLast()));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      if (names.existing().equals(there)) {
        throw e;
      }
      return null;
    }
  }

  /** The names that files of a limited size would have. */
  public static NumberedFiles series(Path path) {
    return PartNames.series(path);
  }

  /** Removes the files of an earlier run and begins with the first. */
  public void startAfresh() throws IOException {
    int old = numbers.getLast();
    for (int other : numbers.subList(0, numbers.size() - 1)) {
      names.series().delete(other);
    }
    if (old != PartNames.FIRST) {
      RecordFile first = RecordFile.create(names.get(PartNames.FIRST));
      first.lock();
      replaced.add(last);
      last = first;
      names.series().delete(old);
    }
    begin(PartNames.FIRST, last, 0);
  }

  /** Goes on at the end of the last file. */
  public void goOn() throws IOException {
    begin(numbers.getLast(), last, last.size());
  }

  private void begin(int begun, RecordFile file, long length) throws IOException {
    number = begun;
    last = file;
    size = length;
    file.cutAt(length);
    if (length == 0) {
      append(header, 0, header.length);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int from = offset;
    while (from < end) {
      int to = fitting(bytes, from, end);
      append(bytes, from, to - from);
      from = to;
      if (from < end) {
        nextFile();
      }
    }
    keepSafe();
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      last.append(bytes, offset, length);
      size += length;
    }
  }

  /** How far the records go that this file has room for: one at least. */
  private int fitting(byte[] bytes, int from, int end) {
    long room = mostBytes - size;
    if (end - from <= room) {
      return end;
    }
    int fits = ends.lastWithin(bytes, from, (int) Math.max(from, from + room));
    return fits > from || size > header.length ? fits : ends.next(bytes, from, end);
  }

  /** The next is locked before the lock of this one goes. */
  private synchronized void nextFile() throws IOException {
    RecordFile full = last;
    if (sync != Sync.NEVER) {
      full.force();
    }
    RecordFile next = RecordFile.create(names.get(number + 1));
    last = next;
    if (!next.lock()) {
      throw new IOException(names.get(number + 1) + ": another run is writing to it");
    }
    full.close();
    begin(number + 1, next, 0);
  }

  private void keepSafe() throws IOException {
    switch (sync) {
      case NEVER -> {}
      case ALWAYS -> last.force();
      case EACH_SECOND -> {
        if (syncing == null) {
          syncing = Thread.ofPlatform().daemon().name("sync").start(this::syncEachSecond);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void syncEachSecond() {
    try {
      while (!finished.await(1, TimeUnit.SECONDS)) {
        syncNow();
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void syncNow() throws IOException {
    last.force();
    last.checkThatItIsThere();
  }

  /** Makes sure of all that was written; nothing more may be. */
  public synchronized void finish() throws IOException {
    finished.countDown();
    if (failure != null) {
      throw failure;
    }
    if (sync != Sync.NEVER) {
      last.force();
    }
    last.checkThatItIsThere();
  }

  /** The files that were there, the last of which may be new. */
  public List<Path> existing() {
    return numbers.stream().map(names::get).toList();
  }

  /** A file to be read. */
  public Reading read(int at) throws IOException {
    return isLast(at)
        ? new Reading(last.channel(), false)
        : new Reading(OwnFile.open(names.get(numbers.get(at))), true);
  }

  private boolean isLast(int at) {
    return at == numbers.size() - 1;
  }

  /** A file that is being read. The last is not closed, for the system would take its lock away. */
  public record Reading(FileChannel channel, boolean closes) implements Closeable {
    @Override
    public void close() throws IOException {
      if (closes) {
        channel.close();
      }
    }
  }

  /** Ends the last file where its last whole record does. */
  public void cut(long length) throws IOException {
    last.cutAt(length);
  }

  /** What is to be kept of a file. */
  public interface Copy {
    void copy(FileChannel from, FileChannel to) throws IOException;
  }

  /** Puts a copy in the place of a file; whatever happens, one of the two is there, and whole. */
  public void rewrite(int at, Copy copy) throws IOException {
    Path name = names.get(numbers.get(at));
    Path path = names.numbered() ? name : name.toRealPath();
    RecordFile rewritten = RecordFile.createBeside(path);
    try (Reading old = read(at)) {
      copy.copy(old.channel(), rewritten.channel());
      rewritten.channel().force(true);
      rewritten.lock();
      rewritten = rewritten.moveTo(path);
    } catch (IOException e) {
      rewritten.discard();
      throw e;
    }
    if (isLast(at)) {
      replaced.add(last); // who waits for its lock must not get it
      last = rewritten;
    } else {
      rewritten.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (RecordFile file : replaced) {
      file.close();
    }
    finished.countDown();
    last.close();
  }
}

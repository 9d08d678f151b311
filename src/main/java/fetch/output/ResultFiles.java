package fetch.output;

import fetch.file.FileSeries;
import fetch.file.LockedFile;
import fetch.file.NumberedFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of a run to a file, or to several of limited size.
 *
 * <ul>
 *   <li>They are a {@link FileSeries}: opening them changes nothing; {@link #startAfresh} or {@link
 *       #goOn} does.
 *   <li>Each file holds whole records, after its own header.
 * </ul>
 *
 * <p>Takes blocks of whole records. For one thread.
 */
public final class ResultFiles extends OutputStream {
  /** For a file of any size. */
  public static final long ONE_FILE = Long.MAX_VALUE;

  private final FileSeries files;
  private final long mostBytes;
  private final RecordEnds ends;
  private final byte[] header;
  private final SyncMode sync;
  private final CountDownLatch finished = new CountDownLatch(1);
  private long size;
  private @Nullable Thread syncing;
  private volatile @Nullable IOException failure;

  private ResultFiles(
      FileSeries files, long mostBytes, OutputFormat format, byte[] header, SyncMode sync) {
    this.files = files;
    this.mostBytes = mostBytes;
    this.ends = new RecordEnds(format.hasQuotes());
    this.header = header;
    this.sync = sync;
  }

  /**
   * Opens and locks the files; fails if another run holds them.
   *
   * @param mostBytes the most bytes of each file, or {@link #ONE_FILE}
   * @param toReadToo whether the run will read the existing files
   */
  public static ResultFiles open(
      Path path,
      long mostBytes,
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      SyncMode sync,
      boolean toReadToo)
      throws IOException {
    PartNames names = new PartNames(path, mostBytes != ONE_FILE);
    if (toReadToo) {
      names.checkThatNoOthersAreThere();
    }
    return new ResultFiles(
        FileSeries.open(names, toReadToo), mostBytes, format, format.header(fields), sync);
  }

  /** The names of the files if their size is limited. */
  public static NumberedFiles series(Path path) {
    return PartNames.series(path);
  }

  /** Removes the files of an earlier run and starts with the first. */
  public void startAfresh() throws IOException {
    files.startAfresh();
    begin(0);
  }

  /** Continues at the end of the last file. */
  public void goOn() throws IOException {
    begin(files.last().size());
  }

  private void begin(long length) throws IOException {
    size = length;
    files.last().cutAt(length);
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

  /** Writes records. If the disk is full, no partial record remains. */
  private void append(byte[] bytes, int offset, int length) throws IOException {
    LockedFile file = files.last();
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    long start = file.channel().position();
    try {
      while (rest.hasRemaining()) {
        int written = file.channel().write(rest);
        if (written > 0) {
          file.written();
        }
      }
      size += length;
    } catch (IOException e) {
      dropTorn(bytes, offset, start, rest.position() - offset);
      throw e;
    }
  }

  private void dropTorn(byte[] bytes, int offset, long start, int written) {
    int whole = written;
    while (whole > 0 && bytes[offset + whole - 1] != '\n') {
      whole--;
    }
    try {
      files.last().cutAt(start + whole);
    } catch (IOException e) {
      // Otherwise the file ends in an incomplete record, as without this method.
    }
  }

  /** The end of the records that fit into this file, at least one. */
  private int fitting(byte[] bytes, int from, int end) {
    long room = mostBytes - size;
    if (end - from <= room) {
      return end;
    }
    int fits = ends.lastWithin(bytes, from, (int) Math.max(from, from + room));
    return fits > from || size > header.length ? fits : ends.next(bytes, from, end);
  }

  private synchronized void nextFile() throws IOException {
    if (sync != SyncMode.NEVER) {
      files.last().force();
    }
    files.next();
    begin(0);
  }

  private void keepSafe() throws IOException {
    switch (sync) {
      case NEVER -> {}
      case ALWAYS -> files.last().force();
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
    files.last().force();
    files.last().checkThatItIsThere();
  }

  /** Forces everything to disk; nothing may be written afterwards. */
  public synchronized void finish() throws IOException {
    finished.countDown();
    if (failure != null) {
      throw failure;
    }
    if (sync != SyncMode.NEVER) {
      files.last().force();
    }
    files.last().checkThatItIsThere();
  }

  /** The existing files; the last one may be new. */
  public List<Path> existing() {
    return files.existing();
  }

  /** Opens a file for reading. */
  public FileSeries.Reading read(int at) throws IOException {
    return files.read(at);
  }

  /** Truncates the last file to this length, the end of its last complete record. */
  public void cut(long length) throws IOException {
    files.last().cutAt(length);
  }

  /** Replaces a file by a copy. One of the two exists completely at any time. */
  public void rewrite(int at, FileSeries.Copy copy) throws IOException {
    files.rewrite(at, copy);
  }

  @Override
  public void close() throws IOException {
    finished.countDown();
    files.close();
  }
}

package fetch.output;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files that the results of a run go to: one, or one after another of a limited size.
 *
 * <ul>
 *   <li>The first is locked, so that no other run writes to them.
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
  private final long mostBytes;
  private final RecordEnds ends;
  private final byte[] header;
  private final Sync sync;
  private final List<RecordFile> replaced = new ArrayList<>();
  private RecordFile first;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile RecordFile last;
  private int index;
  private long size;
  private @Nullable Thread syncing;
  private volatile @Nullable IOException failure;

  private ResultFiles(
      PartNames names,
      RecordFile first,
      long mostBytes,
      OutputFormat format,
      byte[] header,
      Sync sync) {
    this.names = names;
    this.first = first;
    this.last = first;
    this.mostBytes = mostBytes;
    this.ends = new RecordEnds(format == OutputFormat.CSV);
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
    RecordFile first = RecordFile.open(names.get(0), toReadToo);
    if (!first.lock()) {
      first.close();
      throw new IOException(names.get(0) + ": another run is writing to it");
    }
    return new ResultFiles(names, first, mostBytes, format, format.header(fields), sync);
  }

  /** Empties the files and begins with the first. */
  public void startAfresh() throws IOException {
    List<Path> old = names.existing();
    for (Path path : old.subList(1, old.size())) {
      Files.delete(path);
    }
    begin(0, first, 0);
  }

  /** Goes on at the end of the last file. */
  public void goOn() throws IOException {
    int at = names.existing().size() - 1;
    RecordFile file = at == 0 ? first : RecordFile.open(names.get(at), false);
    begin(at, file, file.size());
  }

  private void begin(int at, RecordFile file, long length) throws IOException {
    index = at;
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

  private synchronized void nextFile() throws IOException {
    if (sync != Sync.NEVER) {
      last.force();
    }
    if (last != first) {
      last.close();
    }
    begin(index + 1, RecordFile.open(names.get(index + 1), false), 0);
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

  /** The files that are there. */
  public List<Path> existing() {
    return names.existing();
  }

  /** A file to be read. */
  public Reading read(int at) throws IOException {
    return at == 0
        ? new Reading(first.channel(), false)
        : new Reading(FileChannel.open(names.get(at), StandardOpenOption.READ), true);
  }

  /**
   * A file that is being read. The first is not closed, for the system would take its lock away.
   */
  public record Reading(FileChannel channel, boolean closes) implements Closeable {
    @Override
    public void close() throws IOException {
      if (closes) {
        channel.close();
      }
    }
  }

  /** Ends a file where its last whole record does. */
  public void cut(int at, long length) throws IOException {
    if (at == 0) {
      first.cutAt(length);
      return;
    }
    try (RecordFile file = RecordFile.open(names.get(at), false)) {
      file.cutAt(length);
    }
  }

  /** What is to be kept of a file. */
  public interface Copy {
    void copy(FileChannel from, FileChannel to) throws IOException;
  }

  /** Puts a copy in the place of a file; whatever happens, one of the two is there, and whole. */
  public void rewrite(int at, Copy copy) throws IOException {
    Path path = names.get(at).toRealPath();
    Path beside = path.resolveSibling(path.getFileName() + ".rewritten");
    RecordFile rewritten = RecordFile.open(beside, true);
    try (Reading old = read(at)) {
      rewritten.cutAt(0);
      copy.copy(old.channel(), rewritten.channel());
      rewritten.channel().force(true);
      rewritten.lock();
      takePermissions(path, beside);
      rewritten = rewritten.moveTo(names.get(at));
    } catch (IOException e) {
      rewritten.close();
      Files.deleteIfExists(beside);
      throw e;
    }
    if (at == 0) {
      replaced.add(first); // who waits for its lock must not get it
      first = rewritten;
      last = rewritten;
    } else {
      rewritten.close();
    }
  }

  private static void takePermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (view != null) {
      Files.setPosixFilePermissions(to, view.readAttributes().permissions());
    }
  }

  @Override
  public void close() throws IOException {
    for (RecordFile file : replaced) {
      file.close();
    }
    finished.countDown();
    if (last != first) {
      last.close();
    }
    first.close();
  }
}

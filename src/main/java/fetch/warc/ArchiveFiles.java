package fetch.warc;

import fetch.Clock;
import fetch.warc.Dates.Second;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The WARC files of an archive: one, or one after another of a limited size.
 *
 * <ul>
 *   <li>The first is locked, so that no other run writes to them.
 *   <li>Opening them changes nothing; {@link #startAfresh} or {@link #goOn} does.
 *   <li>In each, what there is to know of a run comes before its records.
 * </ul>
 *
 * For one thread at a time, but {@link #part} may be asked for by any.
 */
final class ArchiveFiles implements Closeable {
  /** A file, and the identifier of the record in it that tells of the run. */
  record Part(int index, Path path, String information) {
    String name() {
      return String.valueOf(path.getFileName());
    }
  }

  private final Names names;
  private final long mostBytes;
  private final byte[] information;
  private final Presses presses;
  private final Clock clock;
  private final Identifiers identifiers;
  private final FileChannel first;
  private FileChannel file;
  private volatile Part part;
  private long size;
  private boolean hasAnswers;

  private ArchiveFiles(
      Names names,
      long mostBytes,
      String information,
      Presses presses,
      Clock clock,
      Identifiers identifiers,
      FileChannel first) {
    this.names = names;
    this.mostBytes = mostBytes;
    this.information = information.getBytes(StandardCharsets.UTF_8);
    this.presses = presses;
    this.clock = clock;
    this.identifiers = identifiers;
    this.first = first;
    this.file = first;
    this.part = new Part(0, names.first(), identifiers.next());
  }

  /**
   * Opens and locks them, or says that another run has.
   *
   * @param mostBytes in a file, beyond which the next is begun
   * @param information lines about the run
   */
  static ArchiveFiles open(
      Names names,
      long mostBytes,
      String information,
      Presses presses,
      Clock clock,
      Identifiers identifiers)
      throws IOException {
    FileChannel first =
        FileChannel.open(
            names.first(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ);
    if (!lock(first)) {
      first.close();
      throw new IOException(names.first() + ": another run is writing to it");
    }
    return new ArchiveFiles(names, mostBytes, information, presses, clock, identifiers, first);
  }

  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // there are file systems that know no locks
    }
  }

  /** Where the next records go. */
  Part part() {
    return part;
  }

  boolean isEmpty() throws IOException {
    return first.size() == 0;
  }

  /** Empties them and begins with the first. */
  void startAfresh() throws IOException {
    List<Path> old = names.existing();
    for (Path path : old.subList(1, old.size())) {
      Files.delete(path);
    }
    if (!isEmpty()) {
      first.truncate(0);
    }
    size = 0;
    begin(0, first);
  }

  /**
   * Goes on in the last of them, and returns how many bytes were dropped there.
   *
   * @param end where the last of its whole records does
   */
  long goOn(int last, long end) throws IOException {
    FileChannel opened = last == 0 ? first : open(last);
    long torn = opened.size() - end;
    opened.truncate(end);
    opened.position(end);
    size = end;
    begin(last, opened);
    hasAnswers = true;
    return torn;
  }

  private FileChannel open(int index) throws IOException {
    return FileChannel.open(names.get(index), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void begin(int index, FileChannel opened) throws IOException {
    file = opened;
    hasAnswers = false;
    Part begun = new Part(index, names.get(index), identifiers.next());
    Second date = Second.of(clock.epochMillis() / 1000);
    byte[] header = Records.information(begun.information(), begun.name(), date, information);
    Press press = presses.take();
    try {
      append(Packed.of(press, header, information));
    } finally {
      presses.giveBack(press);
    }
    part = begun;
  }

  /** Whether this file is to have so much more. One exchange it has, however large that is. */
  boolean hasRoomFor(long length) {
    return !hasAnswers || size + length <= mostBytes;
  }

  void nextFile() throws IOException {
    int next = part.index() + 1;
    FileChannel opened = open(next);
    opened.truncate(0);
    size = 0;
    if (next > 1) {
      file.close();
    }
    begin(next, opened);
  }

  /** Writes both records, or none, and returns where they begin. */
  long append(Pair pair) throws IOException {
    long start = append(pair.request(), pair.answer());
    hasAnswers = true;
    return start;
  }

  private long append(Packed... records) throws IOException {
    long start = size;
    try {
      Packed.write(file, records);
      for (Packed record : records) {
        size += record.length();
      }
      return start;
    } catch (IOException e) {
      file.truncate(start);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (part.index() > 0) {
      file.close();
    }
    first.close();
  }
}

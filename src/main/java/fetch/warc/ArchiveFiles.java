package fetch.warc;

import fetch.Clock;
import fetch.file.OwnFile;
import fetch.warc.Dates.Second;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The WARC files of an archive: one, or one after another of a limited size.
 *
 * <ul>
 *   <li>The last is locked, so that no other run writes to them.
 *   <li>The last is the one with the greatest number that is in the directory, whichever of those
 *       before it were moved away.
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

  /** The numbers of the files that were there, with that of the last. */
  private final List<Integer> numbers;

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
      List<Integer> numbers,
      FileChannel last) {
    this.names = names;
    this.mostBytes = mostBytes;
    this.information = information.getBytes(StandardCharsets.UTF_8);
    this.presses = presses;
    this.clock = clock;
    this.identifiers = identifiers;
    this.numbers = numbers;
    this.file = last;
    this.part = new Part(numbers.getLast(), names.get(numbers.getLast()), identifiers.next());
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
    while (true) {
      List<Integer> there = names.existing();
      List<Integer> numbers = there.isEmpty() ? List.of(0) : there;
      Path path = names.get(numbers.getLast());
      FileChannel last = openLast(path, numbers.getLast());
      if (!lock(last)) {
        last.close();
        throw new IOException(path + ": another run is writing to it");
      }
      if (names.existing().equals(numbers)) {
        return new ArchiveFiles(
            names, mostBytes, information, presses, clock, identifiers, numbers, last);
      }
      last.close(); // another run has just begun the next
    }
  }

  private static FileChannel openLast(Path path, int number) throws IOException {
    return number == 0 ? openFirst(path) : OwnFile.open(path);
  }

  /** The user has named the first, which may be a link. */
  private static FileChannel openFirst(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
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

  /** How many files there are. */
  int count() {
    return numbers.size();
  }

  Path path(int at) {
    return names.get(numbers.get(at));
  }

  /** A file to be read. */
  Reading read(int at) throws IOException {
    return at == numbers.size() - 1
        ? new Reading(file, false)
        : new Reading(openLast(path(at), numbers.get(at)), true);
  }

  /** A file that is being read. The last is not closed, for the system would take its lock away. */
  record Reading(FileChannel channel, boolean closes) implements Closeable {
    @Override
    public void close() throws IOException {
      if (closes) {
        channel.close();
      }
    }
  }

  boolean isEmpty() throws IOException {
    return numbers.size() == 1 && file.size() == 0;
  }

  /** Removes those of an earlier run and begins with the first. */
  void startAfresh() throws IOException {
    for (int other : numbers.subList(0, numbers.size() - 1)) {
      if (other != 0) {
        names.series().delete(other);
      }
    }
    int old = numbers.getLast();
    if (old != 0) {
      FileChannel first = openFirst(names.first());
      try (FileChannel _ = file) {
        file = first;
        lock(first);
        names.series().delete(old);
      }
    }
    if (file.size() > 0) {
      file.truncate(0);
    }
    size = 0;
    begin(0, file);
  }

  /**
   * Goes on in the last of them, and returns how many bytes were dropped there.
   *
   * @param end where the last of its whole records does
   */
  long goOn(long end) throws IOException {
    long torn = file.size() - end;
    file.truncate(end);
    file.position(end);
    size = end;
    begin(numbers.getLast(), file);
    hasAnswers = true;
    return torn;
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

  /** The next is locked before the lock of this one goes. */
  void nextFile() throws IOException {
    int next = part.index() + 1;
    FileChannel full = file;
    FileChannel created = OwnFile.create(names.get(next));
    file = created;
    if (!lock(created)) {
      throw new IOException(names.get(next) + ": another run is writing to it");
    }
    full.close();
    size = 0;
    begin(next, created);
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
    file.close();
  }
}

package fetch.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that a run writes one after another, and that a later run goes on with.
 *
 * <ul>
 *   <li>The last is locked, so that no other run writes to them.
 *   <li>The last is the one with the greatest number that is in the directory, whichever of those
 *       before it were moved away.
 *   <li>Opening them changes nothing; {@link #startAfresh} and {@link #next} do.
 * </ul>
 *
 * For one thread, but {@link #last} may be called by any.
 */
public final class FileSeries implements Closeable {
  /** What the files are called. */
  public interface Naming {
    /** The number of the first. */
    int firstNumber();

    /** The name of a file. */
    Path get(int number);

    /** The numbers of the files that are there, in ascending order. */
    List<Integer> existing() throws IOException;

    /** The names of those whose names fetch makes up. */
    NumberedFiles series();

    /** Whether the user named this file; it may be a link, and is never deleted. */
    boolean isNamedByUser(int number);

    /** Whether there may be more than one file. */
    boolean rolls();
  }

  private final Naming names;
  private final boolean toReadToo;

  /** The numbers of the files that were there, with that of the last. */
  private final List<Integer> numbers;

  private final List<LockedFile> replaced = new ArrayList<>();
  private volatile LockedFile last;
  private int number;

  private FileSeries(Naming names, boolean toReadToo, List<Integer> numbers, LockedFile last) {
    this.names = names;
    this.toReadToo = toReadToo;
    this.numbers = numbers;
    this.number = numbers.getLast();
    this.last = last;
  }

  /**
   * Opens and locks them, or fails when another run has.
   *
   * @param toReadToo whether the run will read what is there
   */
  public static FileSeries open(Naming names, boolean toReadToo) throws IOException {
    while (true) {
      List<Integer> there = names.existing();
      List<Integer> numbers = there.isEmpty() ? List.of(names.firstNumber()) : there;
      LockedFile last = openLast(names, there, toReadToo);
      if (last == null) {
        continue; // another run was quicker to make it
      }
      if (!last.lock()) {
        last.close();
        throw isLocked(names.get(numbers.getLast()));
      }
      if (!names.rolls() || names.existing().equals(numbers)) {
        return new FileSeries(names, toReadToo, numbers, last);
      }
      last.close(); // another run has just begun the next
    }
  }

  private static @Nullable LockedFile openLast(Naming names, List<Integer> there, boolean toReadToo)
      throws IOException {
    int number = there.isEmpty() ? names.firstNumber() : there.getLast();
    Path path = names.get(number);
    if (names.isNamedByUser(number)) {
      return LockedFile.open(path, toReadToo);
    }
    try {
      return there.isEmpty() ? LockedFile.create(path) : LockedFile.openOwn(path);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      if (names.existing().equals(there)) {
        throw e;
      }
      return null;
    }
  }

  private static IOException isLocked(Path path) {
    return new IOException(path + ": another run is writing to it");
  }

  /** The file that is written to. */
  public LockedFile last() {
    return last;
  }

  /** The number of the file that is written to. */
  public int number() {
    return number;
  }

  /** The files that were there, the last of which may be new. */
  public List<Path> existing() {
    return numbers.stream().map(names::get).toList();
  }

  /** Removes the files of an earlier run and begins with the first, which is empty then. */
  public void startAfresh() throws IOException {
    int first = names.firstNumber();
    int old = numbers.getLast();
    for (int other : numbers.subList(0, numbers.size() - 1)) {
      if (!names.isNamedByUser(other)) {
        names.series().delete(other);
      }
    }
    if (old != first) {
      Path path = names.get(first);
      LockedFile begun =
          names.isNamedByUser(first) ? LockedFile.open(path, toReadToo) : LockedFile.create(path);
      begun.lock();
      replaced.add(last);
      last = begun;
      names.series().delete(old);
    }
    number = first;
    last.cutAt(0);
  }

  /** Begins the next file, which is locked before the lock of this one goes. */
  public void next() throws IOException {
    Path path = names.get(number + 1);
    LockedFile full = last;
    LockedFile next = LockedFile.create(path);
    last = next;
    if (!next.lock()) {
      throw isLocked(path);
    }
    full.close();
    number++;
  }

  /** A file to be read, counted from 0 among those that were there. */
  public Reading read(int at) throws IOException {
    if (isLast(at)) {
      return new Reading(last.channel(), false);
    }
    Path path = names.get(numbers.get(at));
    LockedFile file =
        names.isNamedByUser(numbers.get(at))
            ? LockedFile.open(path, toReadToo)
            : LockedFile.openOwn(path);
    return new Reading(file.channel(), true);
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

  /** What is to be kept of a file. */
  public interface Copy {
    void copy(FileChannel from, FileChannel to) throws IOException;
  }

  /** Puts a copy in the place of a file; whatever happens, one of the two is there, and whole. */
  public void rewrite(int at, Copy copy) throws IOException {
    Path name = names.get(numbers.get(at));
    Path path = names.isNamedByUser(numbers.get(at)) ? name.toRealPath() : name;
    LockedFile rewritten = LockedFile.createBeside(path);
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
    for (LockedFile file : replaced) {
      file.close();
    }
    last.close();
  }
}

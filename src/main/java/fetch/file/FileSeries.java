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
 * Writes files one after another, which a later run can continue.
 *
 * <ul>
 *   <li>The last file is locked, so that no other run writes to the series.
 *   <li>The last file is the one with the highest number in the directory, even if earlier ones
 *       were moved away.
 *   <li>Opening changes no file; {@link #startAfresh} and {@link #next} do.
 * </ul>
 *
 * For one thread, except {@link #last}.
 */
public final class FileSeries implements Closeable {
  /** Names the files. */
  public interface Naming {
    /** The number of the first file. */
    int firstNumber();

    /** The name of a file. */
    Path get(int number);

    /** The numbers of the existing files, in ascending order. */
    List<Integer> existing() throws IOException;

    /** The files whose names fetch generates. */
    NumberedFiles series();

    /** Whether the user named this file; it may be a link, and is never deleted. */
    boolean isNamedByUser(int number);

    /** Whether there may be more than one file. */
    boolean rolls();
  }

  private final Naming names;
  private final boolean toReadToo;

  /** The numbers of the files that existed when the series was opened, or that of the first. */
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
   * Opens and locks the last file; fails if another run has locked it.
   *
   * @param toReadToo whether the run reads existing files
   */
  public static FileSeries open(Naming names, boolean toReadToo) throws IOException {
    while (true) {
      List<Integer> there = names.existing();
      List<Integer> numbers = there.isEmpty() ? List.of(names.firstNumber()) : there;
      LockedFile last = openLast(names, there, toReadToo);
      if (last == null) {
        continue; // another run created it meanwhile
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

  /** Removes the files of an earlier run and begins with an empty first file. */
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

  /** Begins the next file, which is locked before this one is unlocked. */
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

  /** Opens an existing file for reading; counted from 0. */
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

  /** A file open for reading. Does not close the last file, which would release its lock. */
  public record Reading(FileChannel channel, boolean closes) implements Closeable {
    @Override
    public void close() throws IOException {
      if (closes) {
        channel.close();
      }
    }
  }

  /** Copies the part of a file that is kept. */
  public interface Copy {
    void copy(FileChannel from, FileChannel to) throws IOException;
  }

  /** Replaces a file by a copy, atomically. */
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
      replaced.add(last); // stays locked, so that no waiting run gets the lock
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

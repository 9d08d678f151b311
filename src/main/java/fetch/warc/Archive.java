package fetch.warc;

import fetch.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The WARC files of a run: one, or one after another of a limited size.
 *
 * <ul>
 *   <li>The first is locked, so that no other run writes to them.
 *   <li>Opening them changes nothing; {@link #startAfresh} does.
 *   <li>Each begins with what there is to know of the run. The request and the answer of an
 *       exchange come one after the other, in one file.
 * </ul>
 *
 * Safe for many threads.
 */
public final class Archive implements Closeable {
  /**
   * What is wanted.
   *
   * @param file the first, whose name ends in {@code .warc.gz} or {@code .warc}
   * @param mostBytes in a file, beyond which the next is begun
   * @param named whether results are to name the file that has their answer
   * @param information lines about the run, each with its end
   */
  public record Plan(Path file, long mostBytes, boolean named, String information) {}

  /** A file, and the identifier of the record in it that tells of the run. */
  record Part(Path path, String information) {}

  private final Names names;
  private final Plan plan;
  private final Clock clock;
  private final Consumer<String> ends;
  private final Presses presses;
  private final FileChannel first;
  private final AtomicLong temporaries = new AtomicLong();
  private final String unique =
      Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);
  private FileChannel file;
  private volatile Part part;
  private volatile @Nullable String complaint;
  private int index;
  private boolean hasAnswers;

  private Archive(Names names, Plan plan, Clock clock, Consumer<String> ends, FileChannel first) {
    this.names = names;
    this.plan = plan;
    this.clock = clock;
    this.ends = ends;
    this.presses = new Presses(names.gzip());
    this.first = first;
    this.file = first;
    this.part = new Part(names.first(), Records.newId());
  }

  /** Throws an {@link IllegalArgumentException} with a sentence when a file is no name for one. */
  public static Path checkName(Path file) {
    return Names.of(file).first();
  }

  /**
   * Opens and locks it, or says that another run has.
   *
   * @param ends told with a sentence when no more can be archived
   */
  public static Archive open(Plan plan, Clock clock, Consumer<String> ends) throws IOException {
    FileChannel first =
        FileChannel.open(
            plan.file(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ);
    if (!lock(first)) {
      first.close();
      throw new IOException(plan.file() + ": another run is writing to it");
    }
    return new Archive(Names.of(plan.file()), plan, clock, ends, first);
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

  /** Empties the files and begins with the first. */
  public synchronized void startAfresh() throws IOException {
    List<Path> old = names.existing();
    for (Path path : old.subList(1, old.size())) {
      Files.delete(path);
    }
    if (first.size() > 0) {
      first.truncate(0);
    }
    begin(0, first);
  }

  private void begin(int at, FileChannel opened) throws IOException {
    index = at;
    file = opened;
    part = new Part(names.get(at), Records.newId());
    byte[] content = plan.information().getBytes(StandardCharsets.UTF_8);
    String name = String.valueOf(part.path().getFileName());
    byte[] header = Records.information(part.information(), name, clock.epochMillis(), content);
    Press press = presses.take();
    try {
      Packed.of(press, header, content).writeTo(file);
    } finally {
      presses.giveBack(press);
    }
  }

  /** Makes ready for an exchange. */
  public Capture begin() {
    return new Capture(this);
  }

  Presses presses() {
    return presses;
  }

  FileChannel newTemporaryFile() throws IOException {
    String name = "." + names.stem() + "-" + unique + "-" + temporaries.incrementAndGet() + ".tmp";
    return FileChannel.open(
        names.sibling(name),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Writes the records of an exchange, and returns the file that has them, if that matters. */
  @Nullable String add(Content content) throws UnwrittenArchive {
    try {
      while (true) {
        Part current = part;
        Pair pair = content.pack(current, presses);
        if (append(pair, current)) {
          return plan.named() ? current.path().toString() : null;
        }
      }
    } catch (IOException e) {
      fails(e);
      throw failed();
    }
  }

  /** Appends two records, unless it is another file's turn by now. */
  private synchronized boolean append(Pair pair, Part expected) throws IOException {
    if (complaint != null) {
      throw failed();
    }
    if (!part.equals(expected)) {
      return false;
    }
    long start = file.position();
    if (start + pair.length() > plan.mostBytes() && hasAnswers) {
      nextFile();
      return false;
    }
    try {
      pair.request().writeTo(file);
      pair.answer().writeTo(file);
    } catch (IOException e) {
      file.truncate(start);
      throw e;
    }
    hasAnswers = true;
    return true;
  }

  private void nextFile() throws IOException {
    if (index > 0) {
      file.close();
    }
    hasAnswers = false;
    begin(
        index + 1,
        FileChannel.open(
            names.get(index + 1), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Ends the run, as nothing more can be archived. */
  void fails(IOException e) {
    if (complaint == null) {
      complaint = "the archive cannot be written: " + names.first() + ": " + e.getMessage();
      ends.accept(complaint);
    }
  }

  UnwrittenArchive failed() {
    return new UnwrittenArchive(String.valueOf(complaint));
  }

  /** Makes sure of all that was archived; nothing more may be. */
  public synchronized void finish() throws IOException {
    presses.close();
  }

  @Override
  public synchronized void close() throws IOException {
    if (index > 0) {
      file.close();
    }
    first.close();
  }
}

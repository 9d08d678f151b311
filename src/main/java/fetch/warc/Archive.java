package fetch.warc;

import fetch.Clock;
import fetch.warc.ArchiveFiles.Part;
import fetch.warc.Records.Original;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a run keeps what goes over the wire: WARC files, and an index of the answers in them.
 *
 * <ul>
 *   <li>Opening it changes nothing; {@link #startAfresh} or {@link #goOn} does.
 *   <li>The request and the answer of an exchange come one after the other, in one file. They are
 *       packed by whoever brings them, and written in one piece.
 *   <li>A process that is killed leaves one torn exchange at most, which {@link #goOn} drops, and
 *       an index that is not sorted.
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
   * @param dedup whether a body that is there already is only referred to
   * @param named whether results are to name the file that has their answer
   * @param information lines about the run, each with its end
   */
  public record Plan(Path file, long mostBytes, boolean dedup, boolean named, String information) {}

  private final Names names;
  private final Plan plan;
  private final Consumer<String> ends;
  private final Presses presses;
  private final Identifiers identifiers;
  private final Dates dates = new Dates();
  private final ArchiveFiles files;
  private final Index index;
  private @Nullable Payloads payloads;
  private final AtomicLong temporaries = new AtomicLong();
  private volatile @Nullable String complaint;

  private Archive(
      Names names,
      Plan plan,
      Consumer<String> ends,
      Presses presses,
      Identifiers identifiers,
      ArchiveFiles files)
      throws IOException {
    this.names = names;
    this.plan = plan;
    this.ends = ends;
    this.presses = presses;
    this.identifiers = identifiers;
    this.files = files;
    this.index = new Index(names.index(), this::newTemporaryName);
    this.payloads = plan.dedup() ? new Payloads() : null;
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
    Names names = Names.of(plan.file());
    Presses presses = new Presses(names.gzip());
    Identifiers identifiers = new Identifiers();
    ArchiveFiles files =
        ArchiveFiles.open(names, plan.mostBytes(), plan.information(), presses, clock, identifiers);
    try {
      return new Archive(names, plan, ends, presses, identifiers, files);
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  /** Drops what is there. */
  public synchronized void startAfresh() throws IOException {
    files.startAfresh();
    index.startAfresh();
  }

  /** Goes on after what is there, and returns how many bytes at the end of it were torn. */
  public synchronized long goOn() throws IOException {
    if (files.isEmpty()) {
      startAfresh();
      return 0;
    }
    List<Path> there = names.existing();
    Map<String, Long> known = new HashMap<>();
    index.goOn((position, text) -> {
      IndexLine line = IndexLine.parse(text);
      if (line != null) {
        known.merge(line.filename(), line.end(), Math::max);
        remember(line, position);
      }
    });
    if (knowsTooMuch(known, there)) {
      index.startAfresh();
      known.clear();
      payloads = plan.dedup() ? new Payloads() : null;
    }
    long end = 0;
    for (Path file : there) {
      end = Tail.read(file, known.getOrDefault(nameOf(file), 0L), this::index);
    }
    return files.goOn(there.size() - 1, end);
  }

  /** Whether an index is of other files than those that are there. */
  private static boolean knowsTooMuch(Map<String, Long> known, List<Path> there)
      throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (Path file : there) {
      sizes.put(nameOf(file), Files.size(file));
    }
    return known.entrySet().stream()
        .anyMatch(entry -> entry.getValue() > sizes.getOrDefault(entry.getKey(), 0L));
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void index(IndexLine line) throws IOException {
    remember(line, index.add(line));
  }

  private void remember(IndexLine line, long position) {
    byte[] payload = payloads == null || line.isRevisit() ? null : Sha1.ofPayload(line.digest());
    if (payloads != null && payload != null) {
      payloads.add(payload, position);
    }
  }

  /** Makes ready for an exchange. */
  public Capture begin() {
    return new Capture(this);
  }

  Identifiers identifiers() {
    return identifiers;
  }

  Dates dates() {
    return dates;
  }

  Presses presses() {
    return presses;
  }

  /** A name that no other has in this run. */
  private Path newTemporaryName() {
    return names.sibling("." + names.stem() + "-" + temporaries.incrementAndGet() + ".tmp");
  }

  FileChannel newTemporaryFile() throws IOException {
    return FileChannel.open(
        newTemporaryName(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Writes the records of an exchange, and returns the file that has them, if that matters. */
  @Nullable String add(Content content) throws UnwrittenArchive {
    try {
      Original original = payloads == null ? null : original(content);
      while (true) {
        Part part = files.part();
        if (append(content.pack(part, original, this), part)) {
          return plan.named() ? part.path().toString() : null;
        }
      }
    } catch (IOException e) {
      fails(e);
      throw failed();
    }
  }

  /** Where the same body is already, null when it is nowhere. */
  private synchronized @Nullable Original original(Content content) throws IOException {
    byte[] payload = payloads == null ? null : Sha1.ofPayload(content.digests().payload());
    long position = payloads == null || payload == null ? -1 : payloads.find(payload);
    IndexLine line = position < 0 ? null : IndexLine.parse(index.at(position));
    return line == null ? null : new Original(line.url(), line.date());
  }

  /** Appends two records, unless it is another file's turn by now. */
  private synchronized boolean append(Pair pair, Part part) throws IOException {
    if (complaint != null) {
      throw failed();
    }
    if (!files.part().equals(part)) {
      return false;
    }
    if (!files.hasRoomFor(pair.length())) {
      files.nextFile();
      return false;
    }
    long start = files.append(pair) + pair.request().length();
    index(pair.line().at(start, pair.answer().length(), part.name()));
    return true;
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

  /** Makes sure of all that was archived, and sorts the index; nothing more may be archived. */
  public synchronized void finish() throws IOException {
    index.finish();
  }

  @Override
  public synchronized void close() throws IOException {
    try (files;
        index) {
      presses.close();
    }
  }
}

package fetch.warc;

import fetch.Clock;
import fetch.file.FileSeries;
import fetch.file.NumberedFiles;
import fetch.file.OwnFile;
import fetch.warc.ArchiveFiles.Part;
import fetch.warc.RecordHeaders.Original;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

  private final ArchiveFileNames names;
  private final Plan plan;
  private final Consumer<String> ends;
  private final RecordCompressorPool compressors;
  private final RecordIds identifiers;
  private final RecordDates dates = new RecordDates();
  private final ArchiveFiles files;
  private final ArchiveIndex index;
  private @Nullable KnownPayloads payloads;
  private volatile @Nullable String complaint;

  private Archive(
      ArchiveFileNames names,
      Plan plan,
      Consumer<String> ends,
      RecordCompressorPool compressors,
      RecordIds identifiers,
      ArchiveFiles files)
      throws IOException {
    this.names = names;
    this.plan = plan;
    this.ends = ends;
    this.compressors = compressors;
    this.identifiers = identifiers;
    this.files = files;
    this.index = new ArchiveIndex(names.index());
    this.payloads = plan.dedup() ? new KnownPayloads() : null;
  }

  /** Throws an {@link IllegalArgumentException} with a sentence when a file is no name for one. */
  public static Path checkName(Path file) {
    return ArchiveFileNames.of(file).first();
  }

  /** The names of the files after the first. */
  public static NumberedFiles series(Path file) {
    return ArchiveFileNames.of(file).series();
  }

  /** Where the index of an archive is. */
  public static Path index(Path file) {
    return ArchiveFileNames.of(file).index();
  }

  /**
   * Opens and locks it, or says that another run has.
   *
   * @param ends told with a sentence when no more can be archived
   */
  public static Archive open(Plan plan, Clock clock, Consumer<String> ends) throws IOException {
    ArchiveFileNames names = ArchiveFileNames.of(plan.file());
    RecordCompressorPool compressors = new RecordCompressorPool(names.gzip());
    RecordIds identifiers = new RecordIds();
    ArchiveFiles files =
        ArchiveFiles.open(
            names,
            plan.mostBytes(),
            new ArchiveFiles.Information(plan.information(), compressors, clock, identifiers));
    try {
      return new Archive(names, plan, ends, compressors, identifiers, files);
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

  /**
   * Goes on after what is there, and returns how many bytes at the end of it were torn. What is
   * there is read first: nothing is changed where files are damaged or are none of fetch's.
   */
  public synchronized long goOn() throws IOException {
    if (files.isEmpty()) {
      startAfresh();
      return 0;
    }
    Map<String, Long> known = index.ends();
    Set<String> unsure = new HashSet<>(known.keySet());
    for (int at = 0; at < files.count(); at++) {
      check(at, known);
    }
    unsure.removeAll(known.keySet());
    index.goOn(unsure, payloads == null ? null : this::remember);
    long end = 0;
    for (int at = 0; at < files.count(); at++) {
      end = read(at, known, this::index);
    }
    return files.goOn(end);
  }

  /** Reads a file beyond what the index knows of it, and returns where its last exchange ends. */
  private long read(int at, Map<String, Long> known, UnindexedRecords.Finder found)
      throws IOException {
    try (FileSeries.Reading file = files.read(at)) {
      String name = nameOf(files.path(at));
      return UnindexedRecords.read(file.channel(), name, known.getOrDefault(name, 0L), found);
    }
  }

  /**
   * Refuses a file that is not fetch's, or is damaged. Only the last may end in a torn exchange,
   * and only it may be shorter than the index says, if both were not on the disk when the power
   * failed.
   */
  private void check(int at, Map<String, Long> known) throws IOException {
    Path path = files.path(at);
    boolean last = at == files.count() - 1;
    try (FileSeries.Reading file = files.read(at)) {
      FileChannel channel = file.channel();
      if (last && known.getOrDefault(nameOf(path), 0L) > channel.size()) {
        known.remove(nameOf(path));
      }
      long end = read(at, known, _ -> {});
      boolean good = last ? TornEnd.isAt(channel, end, names.gzip()) : end == channel.size();
      if (!good) {
        throw new IOException(
            path
                + (end == 0
                    ? " is not an archive that fetch wrote"
                    : " is damaged: after byte " + end + "there is no complete record")
                + "; move it away to start a new archive");
      }
    }
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

  RecordIds identifiers() {
    return identifiers;
  }

  RecordDates dates() {
    return dates;
  }

  RecordCompressorPool compressors() {
    return compressors;
  }

  FileChannel newTemporaryFile() throws IOException {
    return OwnFile.create(
        OwnFile.temporaryBeside(names.first()), StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Writes the records of an exchange, and returns the file that has them, if that matters. */
  @Nullable String add(CapturedExchange content) throws ArchiveWriteException {
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
  private synchronized @Nullable Original original(CapturedExchange content) throws IOException {
    byte[] payload = payloads == null ? null : Sha1.ofPayload(content.digests().payload());
    long position = payloads == null || payload == null ? -1 : payloads.find(payload);
    IndexLine line = position < 0 ? null : IndexLine.parse(index.at(position));
    return line == null ? null : new Original(line.url(), line.date());
  }

  /** Appends two records, unless it is another file's turn by now. */
  private synchronized boolean append(RequestAndResponse pair, Part part) throws IOException {
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
      complaint = "cannot write the archive: " + names.first() + ": " + e.getMessage();
      ends.accept(complaint);
    }
  }

  ArchiveWriteException failed() {
    return new ArchiveWriteException(String.valueOf(complaint));
  }

  /** Makes sure of all that was archived, and sorts the index; nothing more may be archived. */
  public synchronized void finish() throws IOException {
    index.finish();
  }

  @Override
  public synchronized void close() throws IOException {
    try (files;
        index) {
      compressors.close();
    }
  }
}

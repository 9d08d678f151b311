package fetch.warc;

import fetch.ArchivedResponse;
import fetch.Clock;
import fetch.FetchRequest;
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
 * Archives requests and responses as sent and received: in WARC files, with an index of the
 * responses.
 *
 * <ul>
 *   <li>Opening it changes no file; {@link #startAfresh} or {@link #goOn} does.
 *   <li>The request and the response of an exchange follow each other in one file. The calling
 *       thread compresses them; they are written together.
 *   <li>A killed process leaves at most one torn exchange, which {@link #goOn} drops, and an
 *       unsorted index.
 * </ul>
 *
 * Safe for many threads.
 */
public final class Archive implements ExchangeRecorder, Closeable {
  /**
   * The settings of an archive.
   *
   * @param file the first file; its name ends in {@code .warc.gz} or {@code .warc}
   * @param mostBytes size from which the next file is begun
   * @param dedup whether a body that is already archived is written as a reference (revisit record)
   * @param named whether results name the file that has their response
   * @param information lines about the run, each with its line end
   */
  public record Plan(Path file, long mostBytes, boolean dedup, boolean named, String information) {}

  private final ArchiveFileNames names;
  private final Plan plan;
  private final Consumer<String> ends;
  private final RecordTools tools;
  private final Target target = new Target();
  private final ArchiveFiles files;
  private final ArchiveIndex index;
  private @Nullable KnownPayloads payloads;
  private volatile @Nullable String complaint;

  private Archive(
      ArchiveFileNames names,
      Plan plan,
      Consumer<String> ends,
      RecordTools tools,
      ArchiveFiles files)
      throws IOException {
    this.names = names;
    this.plan = plan;
    this.ends = ends;
    this.tools = tools;
    this.files = files;
    this.index = new ArchiveIndex(names.index());
    this.payloads = plan.dedup() ? new KnownPayloads() : null;
  }

  /**
   * Throws an {@link IllegalArgumentException} with a sentence if the file is not named like a WARC
   * file.
   */
  public static Path checkName(Path file) {
    return ArchiveFileNames.of(file).first();
  }

  /** The names of the files after the first. */
  public static NumberedFiles series(Path file) {
    return ArchiveFileNames.of(file).series();
  }

  /** The index file of an archive. */
  public static Path index(Path file) {
    return ArchiveFileNames.of(file).index();
  }

  /**
   * Opens and locks the files; fails if another run has locked them.
   *
   * @param ends gets a sentence when writing fails
   */
  public static Archive open(Plan plan, Clock clock, Consumer<String> ends) throws IOException {
    ArchiveFileNames names = ArchiveFileNames.of(plan.file());
    RecordTools tools = RecordTools.create(names.gzip());
    ArchiveFiles files =
        ArchiveFiles.open(
            names,
            plan.mostBytes(),
            new ArchiveFiles.Information(plan.information(), tools, clock));
    try {
      return new Archive(names, plan, ends, tools, files);
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  /** Discards existing files. */
  public synchronized void startAfresh() throws IOException {
    files.startAfresh();
    index.startAfresh();
  }

  /**
   * Continues existing files; returns the number of torn bytes dropped at the end. Reads all files
   * first: nothing is changed if a file is damaged or was not written by fetch.
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

  /** Reads the part of a file that is not in the index; returns where its last exchange ends. */
  private long read(int at, Map<String, Long> known, UnindexedRecords.Finder found)
      throws IOException {
    try (FileSeries.Reading file = files.read(at)) {
      String name = nameOf(files.path(at));
      return UnindexedRecords.read(file.channel(), name, known.getOrDefault(name, 0L), found);
    }
  }

  /**
   * Rejects a damaged file, or one that fetch did not write. Only the last file may end in a torn
   * exchange or be shorter than the index says, as after a power failure.
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
                    : " is damaged: after byte " + end + " there is no complete record")
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

  /** Begins to capture an exchange. */
  Capture begin() {
    return new Capture(target);
  }

  @Override
  public Capture begin(FetchRequest request) {
    return begin();
  }

  private final class Target implements CaptureTarget {
    /** Writes the records of an exchange. */
    @Override
    public @Nullable ArchivedResponse add(CapturedExchange content) throws ArchiveWriteException {
      try {
        Original original = payloads == null ? null : original(content);
        while (true) {
          Part part = files.part();
          ArchivedResponse place = append(content.pack(part.information(), original, tools), part);
          if (place != null) {
            return plan.named() ? place : null;
          }
        }
      } catch (IOException e) {
        fails(e);
        throw failed();
      }
    }

    @Override
    public void fails(IOException e) {
      if (complaint == null) {
        complaint = "cannot write the archive: " + names.first() + ": " + e.getMessage();
        ends.accept(complaint);
      }
    }

    @Override
    public ArchiveWriteException failed() {
      return new ArchiveWriteException(String.valueOf(complaint));
    }

    @Override
    public FileChannel newTemporaryFile() throws IOException {
      return OwnFile.create(
          OwnFile.temporaryBeside(names.first()), StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public RecordTools tools() {
      return tools;
    }
  }

  /** The archived response with the same body; null if there is none. */
  private synchronized @Nullable Original original(CapturedExchange content) throws IOException {
    byte[] payload = payloads == null ? null : Sha1.ofPayload(content.digests().payload());
    long position = payloads == null || payload == null ? -1 : payloads.find(payload);
    IndexLine line = position < 0 ? null : IndexLine.parse(index.at(position));
    return line == null ? null : new Original(line.url(), line.date());
  }

  /** Appends two records; null if another file has been begun meanwhile. */
  private synchronized @Nullable ArchivedResponse append(RequestAndResponse pair, Part part)
      throws IOException {
    if (complaint != null) {
      throw target.failed();
    }
    if (!files.part().equals(part)) {
      return null;
    }
    if (!files.hasRoomFor(pair.length())) {
      files.nextFile();
      return null;
    }
    long start = files.append(pair) + pair.request().length();
    long length = pair.response().length();
    index(pair.line().at(start, length, part.name()));
    return new ArchivedResponse(part.path().toString(), start, length);
  }

  /** Flushes and sorts the index. Nothing may be added afterwards. */
  public synchronized void finish() throws IOException {
    index.finish();
  }

  @Override
  public synchronized void close() throws IOException {
    try (files;
        index) {
      tools.close();
    }
  }
}

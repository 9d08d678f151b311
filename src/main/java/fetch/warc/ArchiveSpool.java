package fetch.warc;

import fetch.ArchivedResponse;
import fetch.Clock;
import fetch.FetchRequest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores exchanges on disk until their archive is known. An archive gets the exchanges of its
 * entries in the order in which they ended, including redirects and failed attempts.
 *
 * <ul>
 *   <li>Records are encoded when they are added, and copied later.
 *   <li>The spool of a killed process is lost.
 *   <li>A {@code robots.txt} belongs to no entry: it goes into the next archive.
 * </ul>
 *
 * <p>Safe for many threads.
 */
public final class ArchiveSpool implements ExchangeRecorder, Closeable {
  private final Path directory;
  private final RecordTools tools = RecordTools.create(true);
  private final ArchiveFiles.Information information;
  private final Map<Long, List<SpooledExchange>> ofEntries = new HashMap<>();
  private final Set<SpoolFile> files = new HashSet<>();
  private final List<SpooledExchange> ofNoEntry = new ArrayList<>();
  private @Nullable SpoolFile last;
  private long exchanges;
  private boolean closed;
  private volatile @Nullable String complaint;

  /**
   * Creates no file before the first exchange.
   *
   * @param directory for the spool
   * @param information lines about the run, each with its line end
   */
  public ArchiveSpool(Path directory, String information, Clock clock) {
    this.directory = directory;
    this.information = new ArchiveFiles.Information(information, tools, clock);
  }

  @Override
  public Capture begin(FetchRequest request) {
    return new Capture(new OfEntry(request.robots() ? null : request.urlnum()));
  }

  /** Stores the captured exchanges of an entry, null for none. */
  private final class OfEntry implements CaptureTarget {
    private final @Nullable Long urlnum;

    OfEntry(@Nullable Long urlnum) {
      this.urlnum = urlnum;
    }

    /** Returns the number of the exchange instead of an offset. */
    @Override
    public ArchivedResponse add(CapturedExchange content) throws ArchiveWriteException {
      try {
        RequestAndResponse pair = content.pack(null, null, tools);
        long number = append(pair, urlnum);
        return new ArchivedResponse(null, number, pair.response().length());
      } catch (IOException e) {
        fails(e);
        throw failed();
      }
    }

    @Override
    public void fails(IOException e) {
      if (complaint == null) {
        complaint = "cannot write to " + directory + ": " + e.getMessage();
      }
    }

    @Override
    public ArchiveWriteException failed() {
      return new ArchiveWriteException(String.valueOf(complaint));
    }

    @Override
    public FileChannel newTemporaryFile() throws IOException {
      return SpoolFile.temporary(directory);
    }

    @Override
    public RecordTools tools() {
      return tools;
    }
  }

  private synchronized long append(RequestAndResponse pair, @Nullable Long urlnum)
      throws IOException {
    if (closed || complaint != null) {
      throw new IOException(closed ? "the spool is closed" : complaint);
    }
    SpoolFile file = last;
    if (file == null) {
      file = SpoolFile.create(directory);
      files.add(file);
      last = file;
    }
    long start = file.append(pair);
    SpooledExchange exchange =
        new SpooledExchange(
            file,
            exchanges++,
            start,
            pair.request().length(),
            pair.response().length(),
            pair.line());
    if (urlnum == null) {
      ofNoEntry.add(exchange);
    } else {
      ofEntries.computeIfAbsent(urlnum, _ -> new ArrayList<>(1)).add(exchange);
    }
    return exchange.number();
  }

  /** Why nothing more can be stored; null if nothing has failed. */
  public @Nullable String complaint() {
    return complaint;
  }

  /** The length of the records of an entry, in bytes. */
  public synchronized long length(long urlnum) {
    return ofEntries.getOrDefault(urlnum, List.of()).stream()
        .mapToLong(SpooledExchange::length)
        .sum();
  }

  /**
   * An archive with the exchanges of these entries. They stay here until they are released.
   *
   * @param filename of the archive, without directories; ends in {@code .warc.gz}
   * @param file the name of the archive in results
   */
  public synchronized SpooledArchive archive(
      String filename, String file, Collection<Long> urlnums) {
    List<SpooledExchange> chosen = new ArrayList<>(ofNoEntry);
    urlnums.forEach(urlnum -> chosen.addAll(ofEntries.getOrDefault(urlnum, List.of())));
    EncodedRecord begin = information.of(tools.identifiers().next(), filename);
    return new SpooledArchive(filename, file, begin, chosen);
  }

  /** Releases the exchanges of this written archive that belong to no entry. */
  public synchronized void release(SpooledArchive written) {
    ofNoEntry.stream().filter(written::has).forEach(exchange -> exchange.file().release());
    ofNoEntry.removeIf(written::has);
  }

  /**
   * Releases the exchanges of these entries. Later exchanges go into another file, so that this one
   * can be deleted once it is empty.
   */
  public synchronized void release(Collection<Long> urlnums) throws IOException {
    for (Long urlnum : urlnums) {
      List<SpooledExchange> released = ofEntries.remove(urlnum);
      if (released != null) {
        released.forEach(exchange -> exchange.file().release());
      }
    }
    if (last != null) {
      last.complete();
      last = null;
    }
    for (SpoolFile file : List.copyOf(files)) {
      if (file.isOver()) {
        files.remove(file);
        file.close();
      }
    }
  }

  /** Releases everything. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (SpoolFile file : files) {
      file.close();
    }
    files.clear();
    tools.close();
  }
}

package fetch.spark;

import fetch.Clock;
import fetch.FetchResult;
import fetch.IncludedBody;
import fetch.output.Column;
import fetch.output.ResultSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commits results in chunks: when there are enough, when the oldest has waited long enough, and at
 * the end. Writes on its own thread. Results wait while a whole chunk has not been committed, so a
 * killed executor loses at most one chunk of each task. Safe for many threads.
 */
final class ChunkWriter implements ResultSink {
  /**
   * The limits of a chunk.
   *
   * @param records the most records
   * @param age how long a record may wait
   * @param archived the length of the archive at which a chunk ends, in bytes
   */
  record Size(int records, Duration age, long archived) implements java.io.Serializable {
    /** After the loss of an executor, at most this is repeated, and what was in flight. */
    static final Size USUAL = new Size(10_000, Duration.ofSeconds(60));

    Size(int records, Duration age) {
      this(records, age, Long.MAX_VALUE);
    }

    Size withArchived(long most) {
      return new Size(records, age, most);
    }
  }

  /** The limit of bodies in memory, as records may have megabytes of them. */
  private static final long MOST_BODY_CHARS = 32 << 20;

  private final PartChunks chunks;
  private final @Nullable ChunkArchives archives;
  private final List<Column> columns;
  private final Size size;
  private final Clock clock;
  private final Runnable onFailure;
  private final Thread writing;

  private List<FetchResult> pending = new ArrayList<>();
  private int committing;
  private long bodyChars;
  private long archived;
  private long oldest;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * @param archives null for none
   * @param onFailure called once, when chunks can no longer be committed
   */
  ChunkWriter(
      PartChunks chunks,
      @Nullable ChunkArchives archives,
      List<Column> columns,
      Size size,
      Clock clock,
      Runnable onFailure) {
    this.chunks = chunks;
    this.archives = archives;
    this.columns = columns;
    this.size = size;
    this.clock = clock;
    this.onFailure = onFailure;
    this.writing = Thread.ofPlatform().daemon().name("fetch-chunks").unstarted(this::write);
  }

  void start() {
    writing.start();
  }

  @Override
  public synchronized void accept(FetchResult result) {
    boolean interrupted = false;
    while (mustWait() && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // the result must not be lost; the interrupt is kept for the caller
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (pending.isEmpty()) {
      oldest = clock.nanoTime();
      notifyAll(); // the writing thread waits until the oldest record is due
    }
    pending.add(result);
    bodyChars += bodyChars(result);
    archived += archives == null ? 0 : archives.length(result);
    if (isFull()) {
      notifyAll();
    }
  }

  /** No more records wait than a chunk may have, so that no more are lost. */
  private boolean mustWait() {
    return isFull() || pending.size() + committing >= size.records();
  }

  private static long bodyChars(FetchResult result) {
    IncludedBody body = result.representation().stored().included();
    if (body == null) {
      return 0;
    }
    String text = body.text() == null ? body.base64() : body.text();
    return text == null ? 0 : text.length();
  }

  private boolean isFull() {
    return pending.size() >= size.records()
        || bodyChars >= MOST_BODY_CHARS
        || archived >= size.archived();
  }

  private void write() {
    try {
      for (List<FetchResult> results = take(); !results.isEmpty(); results = take()) {
        commit(results);
      }
    } catch (IOException | InterruptedException | RuntimeException | Error thrown) {
      fail(thrown);
    }
  }

  private void fail(Throwable thrown) {
    synchronized (this) {
      failure = thrown;
      pending = new ArrayList<>();
      notifyAll();
    }
    onFailure.run();
  }

  /** The results of the next chunk; none at the end. */
  private synchronized List<FetchResult> take() throws InterruptedException {
    committing = 0;
    notifyAll();
    while (!closed && !isFull() && !isOld()) {
      TimeUnit.NANOSECONDS.timedWait(this, pending.isEmpty() ? Long.MAX_VALUE : untilOld());
    }
    List<FetchResult> taken = pending;
    committing = taken.size();
    pending = new ArrayList<>();
    bodyChars = 0;
    archived = 0;
    notifyAll();
    return taken;
  }

  private boolean isOld() {
    return !pending.isEmpty() && untilOld() <= 0;
  }

  private long untilOld() {
    return size.age().toNanos() - (clock.nanoTime() - oldest);
  }

  /**
   * Commits a chunk. Skips records that another writer of the same part has committed, and tries
   * the next name.
   */
  private void commit(List<FetchResult> results) throws IOException {
    Path file = Files.createTempFile("fetch-chunk-", "");
    try {
      boolean committed = false;
      while (!committed) {
        List<FetchResult> left =
            results.stream().filter(result -> !chunks.has(result.entry().urlnum())).toList();
        committed = left.isEmpty() || commit(left, file);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    if (archives != null) {
      archives.release(results);
    }
  }

  /** Writes the archive and the chunk that names it; returns false if another chunk was faster. */
  private boolean commit(List<FetchResult> results, Path file) throws IOException {
    ChunkArchives archiving = archives;
    ChunkArchives.Written archive =
        archiving == null ? null : archiving.write(chunks.stem(), results);
    if (archiving == null || archive == null) {
      chunks.format().write(results, columns, file);
      return chunks.commit(file, results.size(), null);
    }
    chunks.format().write(archive.results(), columns, file);
    boolean committed = chunks.commit(file, results.size(), archive.name());
    if (committed) {
      archiving.committed(archive);
    } else {
      archiving.delete(archive);
    }
    return committed;
  }

  /** Commits all remaining results. Does not throw: {@link #check} reports failures. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (writing.isAlive()) {
      try {
        writing.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether its archives can take no more. */
  boolean hasFailed() {
    return archives != null && archives.spool().complaint() != null;
  }

  /** Throws the exception that prevented chunks from being committed, if any. */
  synchronized void check() throws IOException {
    if (failure != null) {
      throw new IOException("cannot write records: " + failure.getMessage(), failure);
    }
  }
}

package fetch.engine;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.SavedBody;
import fetch.body.BodySaveException;
import fetch.body.BodySink;
import fetch.body.BodyWriter;
import fetch.body.IncomingBody;
import fetch.body.PartialBody;
import fetch.frontier.StatusSet;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.RequestSettings;
import fetch.http.settings.RequestSettings.Action;
import fetch.http.settings.SpeedLimit;
import fetch.input.ListFetcher;
import fetch.input.Source;
import fetch.strategy.StrategyKind;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Downloads lists, one after another, as a run fetches its entries: with its network settings,
 * retries and rates. A list is downloaded completely before it is read. It may be slow: the time
 * limit of a request limits a stall only.
 */
public final class ListDownloads implements ListFetcher, Closeable {
  private static final Duration LONGEST = Duration.ofDays(7);

  /** The largest list that another list names: ten times the limit of a sitemap. */
  private static final long MOST_BYTES = 500L << 20;

  /** Marks the end of the queue. */
  private static final String END = "";

  private final Settings settings;
  private final Map<String, Download> kept = new HashMap<>();
  private final BlockingQueue<String> urls = new LinkedBlockingQueue<>();
  private @Nullable Engine engine;
  private @Nullable Results results;
  private volatile @Nullable Spool spool;
  private volatile long mostBytes = Long.MAX_VALUE;

  /** The outcome of a download. */
  private sealed interface Download {
    record Done(Spool spool, String url, @Nullable String contentType) implements Download {}

    record Failed(String reason) implements Download {}
  }

  /**
   * Opens no connection before the first list.
   *
   * @param run the settings of the run
   */
  public ListDownloads(Settings run) {
    this.settings = ofLists(run);
  }

  private static Settings ofLists(Settings run) {
    RequestSettings request = run.request();
    AttemptLimits limits = run.limits();
    SpeedLimit slowest = limits.speedLimit();
    return run.with(new Concurrency(StrategyKind.SERIAL, 1))
        .with(
            new RequestSettings(
                new Action("GET", null),
                request.headers(),
                request.userAgent(),
                request.secrets(),
                null,
                true,
                request.maxRedirs()))
        .with(
            new AttemptLimits(
                limits.connectTimeout(),
                LONGEST,
                Long.MAX_VALUE,
                slowest == null ? new SpeedLimit(1, limits.maxTime()) : slowest,
                limits.bytesPerSecond()))
        .with(StatusSet.parse("200-299"));
  }

  @Override
  public synchronized Source.Opened fetch(String url, boolean keep) throws IOException {
    Download download = kept.get(url);
    if (download == null) {
      mostBytes = keep ? Long.MAX_VALUE : MOST_BYTES;
      download = download(url);
      if (keep) {
        kept.put(url, download);
      }
    }
    return switch (download) {
      case Download.Done(Spool bytes, String last, String contentType) ->
          new Source.Opened(keep ? bytes.open() : closing(bytes), last, contentType);
      case Download.Failed(String reason) -> throw new IOException(reason);
    };
  }

  private static InputStream closing(Spool bytes) {
    return new FilterInputStream(bytes.open()) {
      @Override
      public void close() throws IOException {
        bytes.close();
      }
    };
  }

  private Download download(String url) throws IOException {
    Results running = results == null ? begin() : results;
    results = running;
    urls.add(url);
    FetchResult result = running.next();
    Failure failure = result.failure();
    Attempt attempt = result.attempt();
    Spool bytes = spool;
    spool = null;
    if (failure != null || attempt == null) {
      drop(bytes);
      return new Download.Failed(failure == null ? "no response" : failure.message());
    }
    return new Download.Done(
        bytes == null ? new Spool() : bytes,
        attempt.requests().urlEffective(),
        attempt.response().contentType());
  }

  private Results begin() {
    Attachments attachments =
        Attachments.NONE.withBodies(new Bodies()).withMachine(Attachments.Machine.ownedByFetch(0));
    Engine opened = new Engine(settings, attachments);
    engine = opened;
    return opened.fetch(new Queue());
  }

  /** The URLs of the lists to download, until the end. */
  private final class Queue implements Iterator<String> {
    private @Nullable String next;

    @Override
    public boolean hasNext() {
      try {
        next = next == null ? urls.take() : next;
        return !next.equals(END);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public String next() {
      String url = hasNext() ? next : null;
      if (url == null) {
        throw new NoSuchElementException("there are no more lists");
      }
      next = null;
      return url;
    }
  }

  /** Stores the list that is being downloaded. */
  private final class Bodies implements BodySink {
    @Override
    public BodyWriter begin(IncomingBody incoming) {
      Spool begun = new Spool();
      return new Writer(begun);
    }

    @Override
    public @Nullable PartialBody takePartial(FetchRequest request) {
      return null;
    }
  }

  private final class Writer implements BodyWriter {
    private final Spool bytes;
    private boolean finished;

    Writer(Spool bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws BodySaveException {
      if (length > mostBytes - bytes.length()) {
        throw new BodySaveException(
            FailureKind.TOO_LARGE, "larger than " + (MOST_BYTES >> 20) + " MB");
      }
      try {
        bytes.write(from, offset, length);
      } catch (IOException e) {
        throw new BodySaveException(
            FailureKind.SAVE, "it cannot be kept in a temporary file: " + e.getMessage(), e);
      }
    }

    @Override
    public SavedBody finish() {
      finished = true;
      drop(spool); // from an attempt before a retry
      spool = bytes;
      return SavedBody.NOTHING;
    }

    @Override
    public void leave() {
      close();
    }

    @Override
    public void close() {
      if (!finished) {
        drop(bytes);
      }
    }
  }

  private static void drop(@Nullable Spool bytes) {
    try {
      if (bytes != null) {
        bytes.close();
      }
    } catch (IOException e) {
      // Nothing of it is needed.
    }
  }

  /** Closes the connections and deletes the lists. */
  @Override
  public synchronized void close() throws IOException {
    urls.add(END);
    if (results != null) {
      results.close();
    }
    if (engine != null) {
      engine.close();
    }
    for (Download download : kept.values()) {
      if (download instanceof Download.Done done) {
        done.spool().close();
      }
    }
  }
}

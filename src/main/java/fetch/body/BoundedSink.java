package fetch.body;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Quantity;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the run when the bodies exceed a total size, or the disk has too little space. Safe for many
 * threads.
 */
public final class BoundedSink implements BodySink {
  private static final long BYTES_BETWEEN_LOOKS = 4L << 20;
  private static final long BODIES_BETWEEN_LOOKS = 64;

  /**
   * The limits.
   *
   * @param mostBytes of all decompressed bodies together
   * @param leastFree free bytes on the disk
   * @param disk null to ignore its free space
   */
  public record Bounds(long mostBytes, long leastFree, @Nullable FileStore disk) {}

  private final Bounds bounds;
  private final Consumer<String> ends;
  private final @Nullable BodySink next;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong bodies = new AtomicLong();

  /**
   * @param ends gets a sentence when a limit is reached, possibly at once
   * @param next takes the bodies; null to discard them
   */
  public BoundedSink(Bounds bounds, Consumer<String> ends, @Nullable BodySink next) {
    this.bounds = bounds;
    this.ends = ends;
    this.next = next;
    String objection = objectionOfDisk();
    if (objection != null) {
      ends.accept(objection);
    }
  }

  @Override
  public BodyWriter begin(IncomingBody incoming) throws BodySaveException {
    if (bodies.incrementAndGet() % BODIES_BETWEEN_LOOKS == 0) {
      heed(objectionOfDisk());
    }
    return new Writer(next == null ? null : next.begin(incoming));
  }

  @Override
  public @Nullable PartialBody takePartial(FetchRequest request) {
    return next == null ? null : next.takePartial(request);
  }

  private void count(int length) throws BodySaveException {
    long sum = bytes.addAndGet(length);
    if (sum > bounds.mostBytes()) {
      heed("bodies exceed --max-total-size, which is " + Quantity.of(bounds.mostBytes(), "byte"));
    }
    if (sum / BYTES_BETWEEN_LOOKS != (sum - length) / BYTES_BETWEEN_LOOKS) {
      heed(objectionOfDisk());
    }
  }

  private @Nullable String objectionOfDisk() {
    FileStore disk = bounds.disk();
    try {
      return disk == null || disk.getUsableSpace() >= bounds.leastFree()
          ? null
          : disk
              + " has less free space than --min-free, "
              + Quantity.of(bounds.leastFree(), "byte");
    } catch (IOException e) {
      return "cannot determine the free space on " + disk + ": " + e.getMessage();
    }
  }

  private void heed(@Nullable String objection) throws BodySaveException {
    if (objection != null) {
      ends.accept(objection);
      throw new BodySaveException(FailureKind.INTERRUPTED, FailureKind.INTERRUPTED.sentence());
    }
  }

  /** Counts the bytes of one body. */
  private final class Writer extends PassingWriter {
    Writer(@Nullable BodyWriter next) {
      super(next);
    }

    @Override
    void see(byte[] bytes, int offset, int length) throws BodySaveException {
      count(length);
    }
  }
}

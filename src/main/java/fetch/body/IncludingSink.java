package fetch.body;

import fetch.FetchRequest;
import fetch.SavedBody;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of bodies in memory for their records, while they are received. Safe for many
 * threads.
 */
public final class IncludingSink implements BodySink {
  private static final int FIRST_BYTES = 1024;

  private final int most;
  private final @Nullable BodySink next;

  /**
   * @param most how many bytes of each body are kept
   * @param next takes the bodies; null to discard them
   */
  public IncludingSink(int most, @Nullable BodySink next) {
    this.most = most;
    this.next = next;
  }

  @Override
  public BodyWriter begin(IncomingBody incoming) throws BodySaveException {
    Writer writer =
        new Writer(most, incoming.contentType(), next == null ? null : next.begin(incoming));
    PartialBody before = incoming.continued();
    if (before != null) {
      writer.replay(before);
    }
    return writer;
  }

  @Override
  public @Nullable PartialBody left(FetchRequest request) {
    return next == null ? null : next.left(request);
  }

  /** Keeps the beginning of one body. */
  private static final class Writer extends PassingWriter {
    private final int most;
    private final @Nullable String contentType;
    private byte[] kept = {};
    private int size;
    private boolean truncated;

    Writer(int most, @Nullable String contentType, @Nullable BodyWriter next) {
      super(next);
      this.most = most;
      this.contentType = contentType;
    }

    @Override
    void see(byte[] bytes, int offset, int length) {
      int wanted = Math.min(length, most - size);
      truncated |= wanted < length;
      if (size + wanted > kept.length) {
        int grown = Math.max(Math.max(2 * kept.length, FIRST_BYTES), size + wanted);
        kept = Arrays.copyOf(kept, Math.min(grown, most));
      }
      System.arraycopy(bytes, offset, kept, size, wanted);
      size += wanted;
    }

    @Override
    public SavedBody finish() throws BodySaveException {
      SavedBody saved = super.finish();
      return new SavedBody(
          saved.file(), saved.digests(), BodyText.of(kept, size, contentType, truncated));
    }
  }
}

package fetch.body;

import fetch.FetchRequest;
import fetch.SavedBody;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of bodies in memory for their records, while they are received. Safe for many
 * threads.
 */
public final class IncludingSink implements BodySink {
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
    BodyWriter writer = next == null ? null : next.begin(incoming);
    return new Writer(most, incoming.contentType(), writer).resume(incoming);
  }

  @Override
  public @Nullable PartialBody takePartial(FetchRequest request) {
    return next == null ? null : next.takePartial(request);
  }

  /** Keeps the beginning of one body. */
  private static final class Writer extends PassingWriter {
    private final @Nullable String contentType;
    private final BodyPrefix beginning;

    Writer(int most, @Nullable String contentType, @Nullable BodyWriter next) {
      super(next);
      this.contentType = contentType;
      this.beginning = new BodyPrefix(most);
    }

    @Override
    void see(byte[] bytes, int offset, int length) {
      beginning.add(bytes, offset, length);
    }

    @Override
    public SavedBody finish() throws BodySaveException {
      return super.finish().withIncluded(beginning.included(contentType));
    }
  }
}

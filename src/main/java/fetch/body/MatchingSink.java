package fetch.body;

import fetch.FetchRequest;
import fetch.SavedBody;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the beginnings of bodies with the user's rules. A body that fails is not saved, unless
 * failed bodies are. Holds up to a megabyte of each body in flight. Safe for many threads.
 */
public final class MatchingSink implements BodySink {
  /** How many bytes of a body are compared, after decompression. */
  public static final int MOST_BYTES = 1 << 20;

  private final TextRules rules;
  private final IntPredicate ok;
  private final boolean savesFailed;
  private final @Nullable BodySink next;

  /**
   * @param ok the status codes that count as success; only their bodies are compared
   * @param savesFailed whether bodies that fail are passed on as well
   * @param next takes the bodies; null to discard them
   */
  public MatchingSink(
      TextRules rules, IntPredicate ok, boolean savesFailed, @Nullable BodySink next) {
    this.rules = rules;
    this.ok = ok;
    this.savesFailed = savesFailed;
    this.next = next;
  }

  @Override
  public @Nullable BodyWriter begin(IncomingBody incoming) throws BodySaveException {
    BodyWriter writer = next == null ? null : next.begin(incoming);
    if (!ok.test(incoming.status())) {
      return writer;
    }
    return new Writer(incoming.contentType(), writer).resume(incoming);
  }

  @Override
  public @Nullable PartialBody takePartial(FetchRequest request) {
    return next == null ? null : next.takePartial(request);
  }

  /** Compares one body. */
  private final class Writer extends PassingWriter {
    private final @Nullable String contentType;
    private final BodyPrefix beginning = new BodyPrefix(MOST_BYTES);

    Writer(@Nullable String contentType, @Nullable BodyWriter next) {
      super(next);
      this.contentType = contentType;
    }

    @Override
    void see(byte[] bytes, int offset, int length) {
      beginning.add(bytes, offset, length);
    }

    /** A mismatch leaves the next writer unfinished, so that close discards the body. */
    @Override
    public SavedBody finish() throws BodySaveException {
      String objection = rules.objection(beginning.text(contentType));
      SavedBody saved = objection == null || savesFailed ? super.finish() : SavedBody.NOTHING;
      return saved.withMismatch(objection);
    }
  }
}

package fetch.body;

import fetch.FailureKind;
import fetch.SavedBody;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks at the bytes of one body and passes them on. */
abstract class PassingWriter implements BodyWriter {
  private final @Nullable BodyWriter next;

  /**
   * @param next takes the body; null to discard it
   */
  PassingWriter(@Nullable BodyWriter next) {
    this.next = next;
  }

  /** Looks at bytes before they are passed on. */
  abstract void see(byte[] bytes, int offset, int length) throws BodySaveException;

  /** Looks at the beginning of a body that is resumed, if this is one, and does not pass it on. */
  final BodyWriter resume(IncomingBody incoming) throws BodySaveException {
    PartialBody before = incoming.continued();
    if (before == null) {
      return this;
    }
    try {
      before.replay(this::see);
      return this;
    } catch (IOException e) {
      close();
      throw new BodySaveException(
          FailureKind.SAVE, FailureKind.SAVE.sentence() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public final void write(byte[] bytes, int offset, int length) throws BodySaveException {
    see(bytes, offset, length);
    if (next != null) {
      next.write(bytes, offset, length);
    }
  }

  @Override
  public SavedBody finish() throws BodySaveException {
    return next == null ? SavedBody.NOTHING : next.finish();
  }

  @Override
  public final void leave() {
    if (next != null) {
      next.leave();
    }
  }

  @Override
  public final void close() {
    if (next != null) {
      next.close();
    }
  }
}

package fetch.http.reception;

import fetch.FailureKind;
import fetch.SavedBody;
import fetch.body.BodySaveException;
import fetch.body.BodySink;
import fetch.body.BodyWriter;
import fetch.body.IncomingBody;
import fetch.http.call.FailedTransfer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes a body to its sink, and turns the sink's failures into those of the transfer. */
final class BodySinkAdapter implements AutoCloseable {
  private final BodyWriter writer;

  private BodySinkAdapter(BodyWriter writer) {
    this.writer = writer;
  }

  /** Begins the delivery of a body, null if the sink ignores it. */
  static @Nullable BodySinkAdapter begin(BodySink sink, IncomingBody arrival)
      throws FailedTransfer {
    try {
      BodyWriter writer = sink.begin(arrival);
      return writer == null ? null : new BodySinkAdapter(writer);
    } catch (BodySaveException e) {
      throw failure(e);
    }
  }

  void take(byte[] block, int length) throws FailedTransfer {
    try {
      writer.write(block, 0, length);
    } catch (BodySaveException e) {
      throw failure(e);
    }
  }

  /** Completes the body. */
  SavedBody finish() throws FailedTransfer {
    try {
      return writer.finish();
    } catch (BodySaveException e) {
      throw failure(e);
    }
  }

  /** Keeps an incomplete body for a later run, unless it is invalid. */
  void leave(IOException failure) {
    boolean cut = !(failure instanceof FailedTransfer known) || known.kind() == FailureKind.PARTIAL;
    if (cut) {
      writer.leave();
    }
  }

  private static FailedTransfer failure(BodySaveException e) {
    FailedTransfer failure = new FailedTransfer(e.kind(), e.sentence());
    failure.initCause(e);
    return failure;
  }

  @Override
  public void close() {
    writer.close();
  }
}

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

/** A body on its way to where it goes, where failures are those of the transfer. */
final class Delivery implements AutoCloseable {
  private final BodyWriter writer;

  private Delivery(BodyWriter writer) {
    this.writer = writer;
  }

  /** The way of a body, null when it is not wanted. */
  static @Nullable Delivery begin(BodySink sink, IncomingBody arrival) throws FailedTransfer {
    try {
      BodyWriter writer = sink.begin(arrival);
      return writer == null ? null : new Delivery(writer);
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

  /** Says that the body is whole. */
  SavedBody finish() throws FailedTransfer {
    try {
      return writer.finish();
    } catch (BodySaveException e) {
      throw failure(e);
    }
  }

  /** Keeps what came of a body that did not come whole, unless it is no good. */
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

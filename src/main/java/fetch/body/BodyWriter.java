package fetch.body;

import fetch.SavedBody;
import java.io.Closeable;

/** Takes one body in pieces. Closing without {@link #finish} discards the body. For one thread. */
public interface BodyWriter extends Closeable {
  /** Takes a piece; the array belongs to the caller. */
  void write(byte[] bytes, int offset, int length) throws BodySaveException;

  /** Completes the body. */
  SavedBody finish() throws BodySaveException;

  /** Keeps an incomplete body, so that a later request can resume it. */
  void leave();

  @Override
  void close();
}

package fetch.body;

import fetch.SavedBody;
import java.io.Closeable;

/** Takes one body as it comes, on one thread. What is not finished when it is closed never was. */
public interface BodyWriter extends Closeable {
  /** Takes some bytes, which stay the caller's. */
  void write(byte[] bytes, int offset, int length) throws BodySaveException;

  /** Says that the body is whole. */
  SavedBody finish() throws BodySaveException;

  /** Says that no more of the body comes, and that what came is right and may be gone on with. */
  void leave();

  @Override
  void close();
}

package fetch.results;

import fetch.file.OwnFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sorted records in a temporary file without a name. Written once, then read. */
final class SortedRun implements RecordCursor {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final DataOutputStream out;
  private DataInputStream in = new DataInputStream(InputStream.nullInputStream());
  private Item record = new Item(-1, 0, new byte[0]);

  SortedRun(Path temporary) throws IOException {
    this.channel = OwnFile.create(temporary, StandardOpenOption.DELETE_ON_CLOSE);
    this.out =
        new DataOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
  }

  void write(Item written) throws IOException {
    out.writeLong(written.position());
    out.writeInt(written.file());
    out.writeInt(written.text().length);
    out.write(written.text());
  }

  /** Ends writing and starts reading. */
  SortedRun written() throws IOException {
    out.flush();
    channel.position(0);
    in =
        new DataInputStream(
            new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES));
    return this;
  }

  @Override
  public boolean next() throws IOException {
    try {
      long position = in.readLong();
      int file = in.readInt();
      byte[] text = new byte[in.readInt()];
      in.readFully(text);
      record = new Item(position, file, text);
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  @Override
  public Item record() {
    return record;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package fetch.warc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is to stand in a file.
 *
 * @param middle a file whose content comes between the two; null for none
 */
record Packed(ByteBuffer start, @Nullable FileChannel middle, ByteBuffer end) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] TRAILER = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** A record whose content is all in memory. */
  static Packed of(Press press, byte[] header, byte[] content) {
    press.header();
    CRC32 crc = new CRC32();
    add(press, crc, header, header.length);
    add(press, crc, content, content.length);
    add(press, crc, TRAILER, TRAILER.length);
    press.trailer((int) crc.getValue(), header.length + content.length + TRAILER.length);
    return new Packed(press.bytes(), null, NOTHING);
  }

  /**
   * A record whose content comes in two parts.
   *
   * @param head the first
   * @param body the second
   */
  static Packed of(Press press, byte[] header, byte[] head, Spool body) {
    press.header();
    CRC32 crc = new CRC32();
    add(press, crc, header, header.length);
    add(press, crc, head, head.length);
    ByteBuffer start = NOTHING;
    int before = 0;
    FileChannel file = body.file();
    if (file != null) {
      press.flush();
      start = press.bytes();
      press.reset();
      before = Checksum.combine((int) crc.getValue(), body.crc(), body.packed());
      crc.reset();
    }
    add(press, crc, body.rest(), body.restLength());
    add(press, crc, TRAILER, TRAILER.length);
    int rest = (int) crc.getValue();
    int all =
        file == null ? rest : Checksum.combine(before, rest, body.restLength() + TRAILER.length);
    press.trailer(all, header.length + head.length + body.length() + TRAILER.length);
    ByteBuffer end = press.bytes();
    return file == null ? new Packed(end, null, NOTHING) : new Packed(start, file, end);
  }

  private static void add(Press press, CRC32 crc, byte[] bytes, int length) {
    crc.update(bytes, 0, length);
    press.pack(bytes, 0, length);
  }

  long length() throws IOException {
    return start.remaining() + (middle == null ? 0 : middle.size()) + end.remaining();
  }

  /** Writes records where the file ends, in as few pieces as can be. */
  static void write(FileChannel file, Packed... records) throws IOException {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (Packed record : records) {
      pieces.add(record.start.duplicate());
      if (record.middle != null) {
        write(pieces, file);
        pieces.clear();
        copy(record.middle, file);
      }
      pieces.add(record.end.duplicate());
    }
    write(pieces, file);
  }

  private static void write(List<ByteBuffer> pieces, FileChannel file) throws IOException {
    ByteBuffer[] all = pieces.toArray(new ByteBuffer[0]);
    for (ByteBuffer piece : all) {
      while (piece.hasRemaining()) {
        file.write(all);
      }
    }
  }

  private static void copy(FileChannel from, FileChannel to) throws IOException {
    long size = from.size();
    long at = 0;
    while (at < size) {
      long n = from.transferTo(at, size - at, to);
      if (n <= 0) {
        throw new IOException("no more can be written");
      }
      at += n;
    }
  }
}

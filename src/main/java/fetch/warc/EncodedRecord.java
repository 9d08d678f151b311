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
 * Holds a record as it is written to the file.
 *
 * @param middle a file whose content goes between start and end; null for none
 */
record EncodedRecord(ByteBuffer start, @Nullable FileChannel middle, ByteBuffer end) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] TRAILER = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Encodes a record whose content is in memory. */
  static EncodedRecord of(RecordCompressor compressor, byte[] header, byte[] content) {
    compressor.header();
    CRC32 crc = new CRC32();
    add(compressor, crc, header, header.length);
    add(compressor, crc, content, content.length);
    add(compressor, crc, TRAILER, TRAILER.length);
    compressor.trailer((int) crc.getValue(), header.length + content.length + TRAILER.length);
    return new EncodedRecord(compressor.bytes(), null, NOTHING);
  }

  /**
   * Encodes a record whose content has two parts.
   *
   * @param head the first
   * @param body the second
   */
  static EncodedRecord of(
      RecordCompressor compressor, byte[] header, byte[] head, SpillingBuffer body) {
    compressor.header();
    CRC32 crc = new CRC32();
    add(compressor, crc, header, header.length);
    add(compressor, crc, head, head.length);
    ByteBuffer start = NOTHING;
    int before = 0;
    FileChannel file = body.file();
    if (file != null) {
      compressor.flush();
      start = compressor.bytes();
      compressor.reset();
      before = CrcCombiner.combine((int) crc.getValue(), body.crc(), body.packed());
      crc.reset();
    }
    add(compressor, crc, body.rest(), body.restLength());
    add(compressor, crc, TRAILER, TRAILER.length);
    int rest = (int) crc.getValue();
    int all =
        file == null ? rest : CrcCombiner.combine(before, rest, body.restLength() + TRAILER.length);
    compressor.trailer(all, header.length + head.length + body.length() + TRAILER.length);
    ByteBuffer end = compressor.bytes();
    return file == null
        ? new EncodedRecord(end, null, NOTHING)
        : new EncodedRecord(start, file, end);
  }

  private static void add(RecordCompressor compressor, CRC32 crc, byte[] bytes, int length) {
    crc.update(bytes, 0, length);
    compressor.pack(bytes, 0, length);
  }

  long length() throws IOException {
    return start.remaining() + (middle == null ? 0 : middle.size()) + end.remaining();
  }

  /** Appends records to the file with as few system calls as possible. */
  static void write(FileChannel file, EncodedRecord... records) throws IOException {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (EncodedRecord record : records) {
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

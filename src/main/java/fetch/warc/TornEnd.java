package fetch.warc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * Decides whether the bytes after the last whole exchange are a torn exchange, which may be
 * dropped. A torn exchange begins like a record and has at most two records. Anything else is
 * damage, or a file that fetch did not write. A body may be an archive itself, so its bytes are not
 * searched for records.
 */
final class TornEnd {
  private static final byte[] RECORD = "WARC/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INNER_RECORD =
      "\r\n\r\nWARC/1.1\r\nWARC-Type: ".getBytes(StandardCharsets.US_ASCII);

  /** The beginning of a gzip member (RFC 1952) as fetch writes it. */
  private static final byte[] MEMBER = {0x1f, (byte) 0x8b, 8};

  /** Ends the header of an uncompressed record, and the record. */
  private static final byte[] END_OF_RECORD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\r\nContent-Length: (\\d{1,18})\r\n");

  private static final int MEMBER_HEADER_BYTES = 10;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int INFLATED_BYTES = 1 << 16;

  /** A request and its response. */
  private static final int MOST_RECORDS = 2;

  private final FileChannel channel;
  private final boolean gzip;

  private TornEnd(FileChannel channel, boolean gzip) {
    this.channel = channel;
    this.gzip = gzip;
  }

  /**
   * Whether the file ends here, or is torn here.
   *
   * @param from the end of its last whole exchange
   */
  static boolean isAt(FileChannel channel, long from, boolean gzip) throws IOException {
    TornEnd end = new TornEnd(channel, gzip);
    return from == channel.size()
        || (from > 0 && end.isZero(from))
        || (end.beginsRecord(from) && end.recordsFrom(from) <= MOST_RECORDS);
  }

  /** Whether only zeros follow, which file systems leave after a power failure. */
  private boolean isZero(long from) throws IOException {
    for (long at = from; at < channel.size(); at += BLOCK_BYTES) {
      for (byte b : read(at, BLOCK_BYTES)) {
        if (b != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Counts records, without those in the bodies of others; stops above the limit. */
  private int recordsFrom(long from) throws IOException {
    int records = 0;
    for (long at = from; at >= 0 && records <= MOST_RECORDS; at = next(endOfRecord(at))) {
      records++;
    }
    return records;
  }

  /** The position of the next record; -1 at the end. */
  private long next(long from) throws IOException {
    byte[] beginning = gzip ? MEMBER : INNER_RECORD;
    for (long at = from; at < channel.size(); at += BLOCK_BYTES) {
      byte[] block = read(at, BLOCK_BYTES + beginning.length - 1);
      int found = find(beginning, block, 0);
      while (found >= 0) {
        if (!gzip) {
          return at + found + END_OF_RECORD.length;
        }
        if (Arrays.equals(unpacked(at + found), RECORD)) {
          return at + found;
        }
        found = find(beginning, block, found + 1);
      }
    }
    return -1;
  }

  /** Where a record ends, is damaged, or is cut off by the end of the file. */
  private long endOfRecord(long at) throws IOException {
    return gzip ? endOfMember(at) : endOfBlock(at);
  }

  private long endOfMember(long at) throws IOException {
    long begin = at + MEMBER_HEADER_BYTES;
    long next = begin;
    byte[] inflated = new byte[INFLATED_BYTES];
    Inflater inflater = new Inflater(true);
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          byte[] block = read(next, BLOCK_BYTES);
          if (block.length == 0) {
            break;
          }
          next += block.length;
          inflater.setInput(block);
        }
        inflater.inflate(inflated);
      }
    } catch (DataFormatException e) {
      // The bytes before these are the member's.
    } finally {
      next = begin + inflater.getBytesRead();
      inflater.end();
    }
    return next;
  }

  /** The end of the block that an uncompressed record's Content-Length gives. */
  private long endOfBlock(long at) throws IOException {
    byte[] bytes = read(at, BLOCK_BYTES);
    int end = find(END_OF_RECORD, bytes, 0);
    String header = new String(bytes, 0, end < 0 ? 0 : end + 2, StandardCharsets.ISO_8859_1);
    Matcher length = CONTENT_LENGTH.matcher(header);
    return end < 0 || !length.find()
        ? at + RECORD.length
        : at + end + END_OF_RECORD.length + Long.parseLong(length.group(1));
  }

  private static int find(byte[] wanted, byte[] bytes, int from) {
    int last = bytes.length - wanted.length;
    for (int i = from; i <= last; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the bytes here begin a record, as far as they go. */
  private boolean beginsRecord(long at) throws IOException {
    if (!gzip) {
      return isBeginning(read(at, RECORD.length), RECORD);
    }
    byte[] member = read(at, MEMBER.length);
    return isBeginning(member, MEMBER)
        && (member.length < MEMBER.length || isBeginning(unpacked(at), RECORD));
  }

  private static boolean isBeginning(byte[] bytes, byte[] whole) {
    return Arrays.equals(bytes, 0, bytes.length, whole, 0, Math.min(bytes.length, whole.length));
  }

  /** The first uncompressed bytes of a gzip member. */
  private byte[] unpacked(long at) throws IOException {
    byte[] bytes = new byte[RECORD.length];
    int length = 0;
    // Closing the stream would close the channel.
    channel.position(at);
    try {
      InputStream in = new GZIPInputStream(Channels.newInputStream(channel));
      for (int n = in.read(bytes); n > 0; n = in.read(bytes, length, bytes.length - length)) {
        length += n;
      }
    } catch (IOException e) {
      // The member is torn or damaged after these bytes.
    }
    return Arrays.copyOf(bytes, length);
  }

  private byte[] read(long from, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(channel.size() - from, 0, most));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // until the buffer is full or the file ends
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}

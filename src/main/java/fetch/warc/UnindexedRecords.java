package fetch.warc;

import fetch.warc.RecordDates.Second;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.ParsingException;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;
import org.netpreserve.jwarc.WarcTargetRecord;
import org.netpreserve.jwarc.Warcinfo;

/** Reads the records of a file that are not in the index yet. */
final class UnindexedRecords {
  /** Takes the index line of a response. */
  interface Finder {
    void take(IndexLine line) throws IOException;
  }

  private final String filename;
  private final Finder found;
  private boolean torn;
  private long start;
  private long end;

  private UnindexedRecords(String filename, Finder found, long end) {
    this.filename = filename;
    this.found = found;
    this.end = end;
  }

  /**
   * Reads the records; returns the end of the last whole exchange.
   *
   * @param channel of the file, which stays open
   * @param from the end of the last indexed record
   * @param found gets the line of each response
   */
  static long read(FileChannel channel, String filename, long from, Finder found)
      throws IOException {
    UnindexedRecords tail = new UnindexedRecords(filename, found, from);
    try {
      channel.position(from);
      tail.read(channel, channel.size());
    } catch (EOFException | ZipException | ParsingException e) {
      // The torn record of a killed run, or damage.
    } catch (RuntimeException e) {
      // The library throws unchecked exceptions on invalid headers.
    }
    return tail.end;
  }

  private void read(FileChannel channel, long size) throws IOException {
    WarcReader reader = new WarcReader(channel);
    reader.onWarning(warning -> torn |= reader.position() == start);
    Optional<WarcRecord> next = reader.next();
    while (next.isPresent()) {
      WarcRecord record = next.get();
      start = reader.position();
      IndexLine line = line(record);
      next = following(reader);
      long stop = reader.position();
      if (torn || stop == start || stop > size) {
        return;
      }
      if (line != null) {
        found.take(line.at(start, stop - start, filename));
      }
      end = line != null || record instanceof Warcinfo ? stop : end;
    }
  }

  /**
   * The next record, if its header is whole. Moves the reader past the previous record if that is
   * whole.
   */
  private static Optional<WarcRecord> following(WarcReader reader) throws IOException {
    try {
      return reader.next();
    } catch (EOFException | ZipException | ParsingException e) {
      return Optional.empty();
    }
  }

  /** The index line of a record; null if it has none. */
  private static @Nullable IndexLine line(WarcRecord record) throws IOException {
    return switch (record) {
      case WarcResponse response -> line(response, false);
      case WarcRevisit revisit -> line(revisit, true);
      default -> null;
    };
  }

  private static IndexLine line(WarcTargetRecord record, boolean revisit) throws IOException {
    byte[] head = MessageHead.read(record.body().stream());
    ExchangeInfo exchange =
        new ExchangeInfo(
            record.target(),
            "",
            MessageHead.status(head),
            MessageHead.lastValue("content-type", head),
            ExchangeInfo.Connection.UNKNOWN,
            record.date().toEpochMilli(),
            null);
    boolean cut = !revisit && record.headers().first("WARC-Truncated").isPresent();
    String digest = cut ? null : record.headers().first("WARC-Payload-Digest").orElse(null);
    String timestamp = Second.of(record.date().getEpochSecond()).timestamp();
    return IndexLine.of(exchange, timestamp, digest, revisit);
  }
}

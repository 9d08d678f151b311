package fetch.warc;

import fetch.ArchivedResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An archive whose records are still in a spool: knows their places in it, and writes it. */
public final class SpooledArchive {
  private final String filename;
  private final EncodedRecord information;
  private final List<SpooledExchange> exchanges;
  private final Map<Long, ArchivedResponse> places = new HashMap<>();

  /**
   * @param filename without directories
   * @param file the name of the archive in results
   * @param information the first record
   */
  SpooledArchive(
      String filename, String file, EncodedRecord information, List<SpooledExchange> exchanges) {
    this.filename = filename;
    this.information = information;
    this.exchanges = exchanges;
    long at = information.start().remaining();
    for (SpooledExchange exchange : exchanges) {
      places.put(
          exchange.number(),
          new ArchivedResponse(file, at + exchange.requestLength(), exchange.responseLength()));
      at += exchange.length();
    }
  }

  /** Whether an exchange of the same spool is in the archive. */
  boolean has(SpooledExchange exchange) {
    return places.containsKey(exchange.number());
  }

  /**
   * The place of a response in the archive.
   *
   * @param spooled as returned by the spool
   * @throws IllegalArgumentException if this archive does not have it
   */
  public ArchivedResponse place(ArchivedResponse spooled) {
    ArchivedResponse place = places.get(spooled.offset());
    if (place == null) {
      throw new IllegalArgumentException(filename + " lacks exchange " + spooled.offset());
    }
    return place;
  }

  /** Writes the archive. */
  public void writeTo(OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    channel.write(information.start().duplicate());
    for (SpooledExchange exchange : exchanges) {
      exchange.copyTo(out);
    }
  }

  /** Writes the index of the archive (CDXJ), sorted. */
  public void writeIndexTo(OutputStream out) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (SpooledExchange exchange : exchanges) {
      ArchivedResponse place = places.get(exchange.number());
      if (place != null) {
        IndexLine line = exchange.line().at(place.offset(), place.length(), filename);
        lines.add(line.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    lines.sort(Arrays::compareUnsigned);
    for (byte[] line : lines) {
      out.write(line);
    }
  }
}

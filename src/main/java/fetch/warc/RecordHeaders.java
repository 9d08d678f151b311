package fetch.warc;

import fetch.warc.RecordDates.Second;
import org.jspecify.annotations.Nullable;

/** Writes the headers of records (WARC 1.1, section 5). Dates have seconds, as in the index. */
final class RecordHeaders {
  private static final String IDENTICAL_PAYLOAD =
      "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

  private RecordHeaders() {}

  static byte[] information(String id, String filename, Second date, byte[] content) {
    return new RecordHeader()
        .with("WARC-Type", "warcinfo")
        .with("WARC-Record-ID", id)
        .with("WARC-Date", date.text())
        .with("WARC-Filename", filename)
        .with("Content-Type", "application/warc-fields")
        .with("WARC-Block-Digest", Sha1.text(Sha1.of(content)))
        .with("Content-Length", Integer.toString(content.length))
        .bytes();
  }

  /**
   * @param response the ID of the response's record
   * @param request the request as in the record
   */
  static byte[] request(Origin origin, String id, String response, CapturedRequest request) {
    return begin("request", origin, id)
        .with("WARC-Concurrent-To", response)
        .with("Content-Type", "application/http;msgtype=request")
        .with("WARC-Block-Digest", request.digest())
        .with("Content-Length", Long.toString(request.length()))
        .bytes();
  }

  static byte[] response(Origin origin, String id, long length, Digests digests) {
    Truncation truncation = origin.exchange().truncation();
    RecordHeader header = begin("response", origin, id);
    header.with("WARC-Truncated", truncation == null ? null : truncation.label());
    return withDigests(header, length, digests);
  }

  /**
   * @param length of the head
   * @param digests of the head and of the body
   * @param original the response that has the body
   */
  static byte[] revisit(Origin origin, String id, long length, Digests digests, Original original) {
    RecordHeader header =
        begin("revisit", origin, id)
            .with("WARC-Profile", IDENTICAL_PAYLOAD)
            .with("WARC-Refers-To-Target-URI", original.url())
            .with("WARC-Refers-To-Date", original.date());
    return withDigests(header, length, digests);
  }

  /** Protocols and cipher suite are extensions of WARC 1.1 that Common Crawl writes, too. */
  private static RecordHeader begin(String type, Origin origin, String id) {
    ExchangeInfo.Connection connection = origin.exchange().connection();
    RecordHeader header =
        new RecordHeader()
            .with("WARC-Type", type)
            .with("WARC-Record-ID", id)
            .with("WARC-Warcinfo-ID", origin.information())
            .with("WARC-Date", origin.date().text())
            .with("WARC-Target-URI", origin.exchange().url())
            .with("WARC-IP-Address", connection.server());
    connection.protocols().forEach(protocol -> header.with("WARC-Protocol", protocol));
    return header.with("WARC-Cipher-Suite", connection.cipherSuite());
  }

  private static byte[] withDigests(RecordHeader header, long length, Digests digests) {
    return header
        .with("Content-Type", "application/http;msgtype=response")
        .with("WARC-Block-Digest", digests.block())
        .with("WARC-Payload-Digest", digests.payload())
        .with("Content-Length", Long.toString(length))
        .bytes();
  }

  /**
   * The exchange of a record.
   *
   * @param information the ID of the record that describes the run; null if it is the one before
   */
  record Origin(ExchangeInfo exchange, Second date, @Nullable String information) {}

  /**
   * The digests of a record.
   *
   * @param block of the whole content
   * @param payload of the body without transfer coding; null if the body is incomplete
   */
  record Digests(String block, @Nullable String payload) {}

  /**
   * An archived response with the same body.
   *
   * @param date as in the header of its record
   */
  record Original(String url, String date) {}
}

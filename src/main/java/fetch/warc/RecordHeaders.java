package fetch.warc;

import fetch.warc.RecordDates.Second;
import org.jspecify.annotations.Nullable;

/** The headers of records (WARC 1.1, section 5). Dates are to the second, as an index has them. */
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
   * @param answer the identifier of the record that has the answer
   * @param content the request as it is to be in the record
   */
  static byte[] request(Origin origin, String id, String answer, byte[] content) {
    return begin("request", origin, id)
        .with("WARC-Concurrent-To", answer)
        .with("Content-Type", "application/http;msgtype=request")
        .with("WARC-Block-Digest", Sha1.text(Sha1.of(content)))
        .with("Content-Length", Integer.toString(content.length))
        .bytes();
  }

  static byte[] response(Origin origin, String id, long length, Digests digests) {
    Truncation truncation = origin.exchange().truncation();
    RecordHeader header = begin("response", origin, id);
    header.with("WARC-Truncated", truncation == null ? null : truncation.label());
    return answer(header, length, digests);
  }

  /**
   * @param length of what is before the body
   * @param digests of what is before the body, and of the body
   * @param original where the body is
   */
  static byte[] revisit(Origin origin, String id, long length, Digests digests, Original original) {
    RecordHeader header =
        begin("revisit", origin, id)
            .with("WARC-Profile", IDENTICAL_PAYLOAD)
            .with("WARC-Refers-To-Target-URI", original.url())
            .with("WARC-Refers-To-Date", original.date());
    return answer(header, length, digests);
  }

  private static RecordHeader begin(String type, Origin origin, String id) {
    return new RecordHeader()
        .with("WARC-Type", type)
        .with("WARC-Record-ID", id)
        .with("WARC-Warcinfo-ID", origin.information())
        .with("WARC-Date", origin.date().text())
        .with("WARC-Target-URI", origin.exchange().url())
        .with("WARC-IP-Address", origin.exchange().connection().server())
        .with("WARC-Protocol", origin.exchange().connection().protocol());
  }

  private static byte[] answer(RecordHeader header, long length, Digests digests) {
    return header
        .with("Content-Type", "application/http;msgtype=response")
        .with("WARC-Block-Digest", digests.block())
        .with("WARC-Payload-Digest", digests.payload())
        .with("Content-Length", Long.toString(length))
        .bytes();
  }

  /**
   * Where a record comes from.
   *
   * @param information the identifier of the record that tells of the run
   */
  record Origin(ExchangeInfo exchange, Second date, String information) {}

  /**
   * The digests of a record.
   *
   * @param block of all of its content
   * @param payload of the body without its transfer coding, null when that is not to be told
   */
  record Digests(String block, @Nullable String payload) {}

  /**
   * Where a body is that came before.
   *
   * @param date as in the header of its record
   */
  record Original(String url, String date) {}
}

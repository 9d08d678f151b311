package fetch.warc;

import fetch.warc.RecordDates.Second;
import fetch.warc.RecordHeaders.Digests;
import fetch.warc.RecordHeaders.Origin;
import fetch.warc.RecordHeaders.Original;
import org.jspecify.annotations.Nullable;

/** Holds a captured exchange, and encodes it as two records. */
final class CapturedExchange {
  private final ExchangeInfo exchange;
  private final CapturedRequest request;
  private final byte[] head;
  private final SpillingBuffer body;
  private final Digests digests;

  /**
   * @param head the lines before the body of the response
   * @param digests of the response
   */
  CapturedExchange(
      ExchangeInfo exchange,
      CapturedRequest request,
      byte[] head,
      SpillingBuffer body,
      Digests digests) {
    this.exchange = exchange;
    this.request = request;
    this.head = head;
    this.body = body;
    this.digests = digests;
  }

  Digests digests() {
    return digests;
  }

  /**
   * Encodes both records.
   *
   * @param information the ID of the record that describes the run; null if it is the one before
   * @param original the archived response with the same body; null to write the body
   */
  RequestAndResponse pack(
      @Nullable String information, @Nullable Original original, RecordTools tools) {
    Second date = tools.dates().of(exchange.epochMillis());
    Origin origin = new Origin(exchange, date, information);
    String id = tools.identifiers().next();
    byte[] header = RecordHeaders.request(origin, tools.identifiers().next(), id, request);
    RecordCompressor compressor = tools.compressors().take();
    try {
      EncodedRecord first = request.record(compressor, header);
      compressor.reset();
      EncodedRecord second =
          original == null
              ? response(compressor, origin, id)
              : revisit(compressor, origin, id, original);
      String digest = digests.payload();
      return new RequestAndResponse(
          first, second, IndexLine.of(exchange, date.timestamp(), digest, original != null));
    } finally {
      tools.compressors().giveBack(compressor);
    }
  }

  private EncodedRecord response(RecordCompressor compressor, Origin origin, String id) {
    long length = head.length + body.length();
    return EncodedRecord.of(
        compressor, RecordHeaders.response(origin, id, length, digests), head, body);
  }

  private EncodedRecord revisit(
      RecordCompressor compressor, Origin origin, String id, Original original) {
    Digests ofHead = new Digests(Sha1.text(Sha1.of(head)), digests.payload());
    byte[] header = RecordHeaders.revisit(origin, id, head.length, ofHead, original);
    return EncodedRecord.of(compressor, header, head);
  }
}

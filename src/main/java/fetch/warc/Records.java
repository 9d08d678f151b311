package fetch.warc;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.MessageVersion;
import org.netpreserve.jwarc.WarcCaptureRecord;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;
import org.netpreserve.jwarc.Warcinfo;

/** The headers of records (WARC 1.1, section 5). Dates are to the second, as an index has them. */
final class Records {
  private Records() {}

  static byte[] information(String id, String filename, long epochMillis, byte[] content) {
    return new Warcinfo.Builder()
        .version(MessageVersion.WARC_1_1)
        .setHeader("WARC-Record-ID", id)
        .date(date(epochMillis))
        .filename(filename)
        .setHeader("Content-Type", "application/warc-fields")
        .setHeader("Content-Length", Integer.toString(content.length))
        .setHeader("WARC-Block-Digest", Sha1.text(Sha1.of(content)))
        .build()
        .serializeHeader();
  }

  /**
   * @param content the request as it is to be in the record
   * @param response the identifier of the record that has the answer
   */
  static byte[] request(
      Circumstances exchange, String information, String response, byte[] content) {
    WarcRequest.Builder builder = new WarcRequest.Builder(exchange.url());
    describe(builder, exchange, information)
        .setHeader("WARC-Concurrent-To", response)
        .setHeader("Content-Type", "application/http;msgtype=request")
        .setHeader("Content-Length", Integer.toString(content.length))
        .setHeader("WARC-Block-Digest", Sha1.text(Sha1.of(content)));
    return builder.build().serializeHeader();
  }

  static byte[] response(
      Circumstances exchange, String information, String id, long length, Digests digests) {
    WarcResponse.Builder builder = new WarcResponse.Builder(exchange.url());
    answer(builder, exchange, information, id, length, digests);
    if (exchange.truncation() != null) {
      builder.setHeader("WARC-Truncated", exchange.truncation().label());
    }
    return builder.build().serializeHeader();
  }

  /**
   * @param length of what is before the body
   * @param digests of what is before the body, and of the body
   * @param original where the body is
   */
  static byte[] revisit(
      Circumstances exchange,
      String information,
      String id,
      long length,
      Digests digests,
      Original original) {
    WarcRevisit.Builder builder =
        new WarcRevisit.Builder(exchange.url(), WarcRevisit.IDENTICAL_PAYLOAD_DIGEST_1_1);
    answer(builder, exchange, information, id, length, digests);
    builder
        .setHeader("WARC-Refers-To-Target-URI", original.url())
        .setHeader("WARC-Refers-To-Date", original.date());
    return builder.build().serializeHeader();
  }

  private static <B extends WarcCaptureRecord.AbstractBuilder<?, B>> void answer(
      B builder,
      Circumstances exchange,
      String information,
      String id,
      long length,
      Digests digests) {
    describe(builder, exchange, information)
        .setHeader("WARC-Record-ID", id)
        .setHeader("Content-Type", "application/http;msgtype=response")
        .setHeader("Content-Length", Long.toString(length))
        .setHeader("WARC-Block-Digest", digests.block());
    if (digests.payload() != null) {
      builder.setHeader("WARC-Payload-Digest", digests.payload());
    }
  }

  private static <B extends WarcCaptureRecord.AbstractBuilder<?, B>> B describe(
      B builder, Circumstances exchange, String information) {
    builder.version(MessageVersion.WARC_1_1);
    builder.date(date(exchange.epochMillis()));
    builder.setHeader("WARC-Warcinfo-ID", information);
    if (exchange.server() != null) {
      builder.ipAddress(exchange.server());
    }
    if (exchange.protocol() != null) {
      builder.setHeader("WARC-Protocol", exchange.protocol());
    }
    return builder;
  }

  private static Instant date(long epochMillis) {
    return Instant.ofEpochSecond(epochMillis / 1000);
  }

  static String newId() {
    return "<urn:uuid:" + UUID.randomUUID() + ">";
  }

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

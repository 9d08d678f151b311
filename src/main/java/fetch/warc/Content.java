package fetch.warc;

import fetch.warc.ArchiveFiles.Part;
import fetch.warc.Dates.Second;
import fetch.warc.Records.Digests;
import fetch.warc.Records.Origin;
import fetch.warc.Records.Original;
import org.jspecify.annotations.Nullable;

/** What is to be archived of an exchange. */
final class Content {
  private final Circumstances exchange;
  private final byte[] request;
  private final byte[] head;
  private final Spool body;
  private final Digests digests;

  /**
   * @param head the lines before the body of the answer
   * @param digests of the answer
   */
  Content(Circumstances exchange, byte[] request, byte[] head, Spool body, Digests digests) {
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
   * Packs it.
   *
   * @param original where the body is already, null when it is to be archived
   */
  Pair pack(Part part, @Nullable Original original, Archive archive) {
    Second date = archive.dates().of(exchange.epochMillis());
    Origin origin = new Origin(exchange, date, part.information());
    String id = archive.identifiers().next();
    byte[] header = Records.request(origin, archive.identifiers().next(), id, request);
    Press press = archive.presses().take();
    try {
      Packed first = Packed.of(press, header, request);
      press.reset();
      Packed second =
          original == null ? answer(press, origin, id) : revisit(press, origin, id, original);
      String digest = digests.payload();
      return new Pair(
          first, second, IndexLine.of(exchange, date.timestamp(), digest, original != null));
    } finally {
      archive.presses().giveBack(press);
    }
  }

  private Packed answer(Press press, Origin origin, String id) {
    long length = head.length + body.length();
    return Packed.of(press, Records.response(origin, id, length, digests), head, body);
  }

  private Packed revisit(Press press, Origin origin, String id, Original original) {
    Digests ofHead = new Digests(Sha1.text(Sha1.of(head)), digests.payload());
    byte[] header = Records.revisit(origin, id, head.length, ofHead, original);
    return Packed.of(press, header, head);
  }
}

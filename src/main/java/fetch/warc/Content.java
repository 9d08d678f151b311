package fetch.warc;

import fetch.warc.ArchiveFiles.Part;
import fetch.warc.Records.Digests;
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
  Pair pack(Part part, @Nullable Original original, Presses presses) {
    String id = Records.newId();
    byte[] ofRequest = Records.request(exchange, part.information(), id, request);
    Press press = presses.take();
    try {
      Packed first = Packed.of(press, ofRequest, request);
      press.reset();
      return new Pair(
          first,
          original == null ? answer(press, part, id) : revisit(press, part, id, original),
          IndexLine.of(exchange, digests.payload(), original != null));
    } finally {
      presses.giveBack(press);
    }
  }

  private Packed answer(Press press, Part part, String id) {
    long length = head.length + body.length();
    byte[] header = Records.response(exchange, part.information(), id, length, digests);
    return Packed.of(press, header, head, body);
  }

  private Packed revisit(Press press, Part part, String id, Original original) {
    Digests ofHead = new Digests(Sha1.text(Sha1.of(head)), digests.payload());
    byte[] header =
        Records.revisit(exchange, part.information(), id, head.length, ofHead, original);
    return Packed.of(press, header, head);
  }
}

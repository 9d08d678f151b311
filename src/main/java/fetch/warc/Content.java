package fetch.warc;

import fetch.warc.Records.Digests;

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

  Circumstances exchange() {
    return exchange;
  }

  Pair pack(Archive.Part part, Presses presses) {
    String id = Records.newId();
    long length = head.length + body.length();
    byte[] ofAnswer = Records.response(exchange, part.information(), id, length, digests);
    byte[] ofRequest = Records.request(exchange, part.information(), id, request);
    Press press = presses.take();
    try {
      Packed first = Packed.of(press, ofRequest, request);
      press.reset();
      return new Pair(first, Packed.of(press, ofAnswer, head, body));
    } finally {
      presses.giveBack(press);
    }
  }
}

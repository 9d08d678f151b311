package fetch.warc;

import org.jspecify.annotations.Nullable;

/** Holds the archived parts of a request, without secrets in its header fields. */
final class CapturedRequest {
  private final byte[] head;
  private final @Nullable SpillingBuffer content;
  private final String digest;

  /**
   * @param head all of the request, or the lines before its content
   * @param content the rest, null for none
   * @param digest of both, as records have it
   */
  CapturedRequest(byte[] head, @Nullable SpillingBuffer content, String digest) {
    this.head = head;
    this.content = content;
    this.digest = digest;
  }

  String digest() {
    return digest;
  }

  /** The length in bytes. */
  long length() {
    return head.length + (content == null ? 0 : content.length());
  }

  /** The record that begins with this header. */
  EncodedRecord record(RecordCompressor compressor, byte[] header) {
    return content == null
        ? EncodedRecord.of(compressor, header, head)
        : EncodedRecord.of(compressor, header, head, content);
  }
}

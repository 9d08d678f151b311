package fetch.http.okhttp;

import okhttp3.internal.http2.Hpack;
import okhttp3.internal.http2.Huffman;
import okio.Buffer;

/** Provides the constants of HTTP/2 header compression (RFC 7541, appendices A and B). */
public final class HeaderCoding {
  private HeaderCoding() {}

  /** The number of fields in the static table. */
  public static int staticFields() {
    return Hpack.INSTANCE.getSTATIC_HEADER_TABLE().length;
  }

  /**
   * The name of a field in the static table.
   *
   * @param index from 0
   */
  public static byte[] staticName(int index) {
    return Hpack.INSTANCE.getSTATIC_HEADER_TABLE()[index].name.toByteArray();
  }

  /** The value of a field in the static table, which may be empty. */
  public static byte[] staticValue(int index) {
    return Hpack.INSTANCE.getSTATIC_HEADER_TABLE()[index].value.toByteArray();
  }

  /** Decodes a string literal in Huffman code. */
  public static byte[] huffmanDecoded(byte[] code) {
    Buffer decoded = new Buffer();
    Huffman.INSTANCE.decode(new Buffer().write(code), code.length, decoded);
    return decoded.readByteArray();
  }
}

package fetch.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Few bytes that decompress to very many. */
public final class Bombs {
  /** The start of a brotli stream of zeros, and the part of it that repeats. */
  private static final byte[] BROTLI_START = Base64.getDecoder().decode("y///PwAkAOKxQHI=");

  private static final byte[] BROTLI_PERIOD =
      Base64.getDecoder()
          .decode(
              "7//4//8HgARAHBaA7v0f////AJAAiMMC0L3/4///HwASAHFYALr3f/z//wNAAiAOC0D3"
                  + "/o///38ASADEYQHo3v/x//8PAAmAOCwA3fs//v//ASABEIcFoHv/x///PwAkAOKwAHQ=");

  private Bombs() {}

  /** Zeros: a thousand bytes for each byte. */
  public static byte[] gzip(int size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      byte[] zeros = new byte[1 << 20];
      while (out.size() < size) {
        gzip.write(zeros);
      }
    }
    return out.toByteArray();
  }

  /** Zeros without end: more than half a million bytes for each byte. */
  public static byte[] brotli(int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(BROTLI_START);
    while (out.size() < size) {
      out.writeBytes(BROTLI_PERIOD);
    }
    return out.toByteArray();
  }
}

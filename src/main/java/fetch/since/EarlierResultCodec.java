package fetch.since;

import fetch.HashAlgorithm;
import fetch.SavedBody;
import fetch.Validators;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes an earlier result in few bytes: flags, then the values that they announce. Oversized
 * values are dropped to bound memory. Encoding is for one thread, decoding for many.
 */
final class EarlierResultCodec {
  private static final int OK = 1;
  private static final int GONE = 2;
  private static final int URL = 4;
  private static final int ETAG = 8;
  private static final int LAST_MODIFIED = 16;
  private static final int FILE = 32;

  /** The date is an IMF-fixdate, encoded in four bytes. */
  private static final int DATE = 64;

  private static final int MOST_TEXT_BYTES = 4096;
  private static final int MOST_BYTES = 5 * MOST_TEXT_BYTES;
  private static final HexFormat HEX = HexFormat.of();

  private final ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);

  /** Encodes a result; the next call overwrites the buffer. */
  ByteBuffer pack(EarlierResult past) {
    out.clear().put((byte) 0).put((byte) 0).putLong(past.shape());
    int flags = (past.ok() ? OK : 0) | (past.gone() ? GONE : 0);
    int url = put(URL, past.url());
    boolean known = past.url() == null || url != 0; // without the URL, validators are useless
    Validators validators = known ? past.validators() : Validators.NONE;
    flags |= url | put(ETAG, validators.etag()) | putDate(validators.lastModified());
    flags |= put(FILE, past.stored().file());
    out.put(0, (byte) flags).put(1, (byte) putDigests(past.stored().digests()));
    return out.flip();
  }

  private int put(int flag, @Nullable String text) {
    if (text == null || text.length() > MOST_TEXT_BYTES) {
      return 0;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_TEXT_BYTES) {
      return 0;
    }
    out.putShort((short) bytes.length).put(bytes);
    return flag;
  }

  private int putDate(@Nullable String text) {
    long seconds = text == null ? HttpDate.NONE : HttpDate.seconds(text);
    if (seconds == HttpDate.NONE) {
      return put(LAST_MODIFIED, text);
    }
    out.putInt((int) seconds);
    return DATE;
  }

  private int putDigests(Map<HashAlgorithm, String> digests) {
    int there = 0;
    int bit = 1;
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      String digest = digests.get(algorithm);
      if (digest != null) {
        out.put(HEX.parseHex(digest));
        there |= bit;
      }
      bit <<= 1;
    }
    return there;
  }

  /** Decodes the result at the buffer's position. */
  static EarlierResult unpack(ByteBuffer in) {
    int flags = in.get();
    int algorithms = in.get();
    long shape = in.getLong();
    String url = text(flags & URL, in);
    String etag = text(flags & ETAG, in);
    String date =
        (flags & DATE) == 0
            ? text(flags & LAST_MODIFIED, in)
            : HttpDate.text(Integer.toUnsignedLong(in.getInt()));
    Validators validators = Validators.of(etag, date);
    String file = text(flags & FILE, in);
    SavedBody stored = new SavedBody(file, digests(algorithms, in));
    return new EarlierResult(
        (flags & OK) != 0, (flags & GONE) != 0, shape, url, validators, stored);
  }

  private static @Nullable String text(int flag, ByteBuffer in) {
    if (flag == 0) {
      return null;
    }
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Map<HashAlgorithm, String> digests(int there, ByteBuffer in) {
    Map<HashAlgorithm, String> digests = new EnumMap<>(HashAlgorithm.class);
    int bit = 1;
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if ((there & bit) != 0) {
        byte[] bytes = new byte[algorithm.digits() / 2];
        in.get(bytes);
        digests.put(algorithm, HEX.formatHex(bytes));
      }
      bit <<= 1;
    }
    return digests;
  }
}

package fetch.input;

import fetch.Content;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes the identity of a request in 64 bits: method, URL without fragment, and the entry's own
 * header fields and content. SipHash-1-3 with a random key, so no list can be written to collide.
 * Among 100 million requests, the chance that any two collide is 1 in 3,700. Safe for many threads.
 */
public final class RequestHash {
  private final String method;
  private final long key0;
  private final long key1;

  /**
   * @param method of requests that have none of their own
   */
  public RequestHash(String method) {
    this(method, ThreadLocalRandom.current().nextLong(), ThreadLocalRandom.current().nextLong());
  }

  /**
   * With a given key, so that several machines compute the same hashes.
   *
   * @param method of requests that have none of their own
   * @param key0 random
   * @param key1 random
   */
  public RequestHash(String method, long key0, long key1) {
    this.method = method;
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of a request. */
  public long of(FetchRequest request) {
    StringBuilder text = new StringBuilder(128);
    text.append(request.method(method)).append(' ');
    String url = request.target().location();
    int fragment = url.indexOf('#');
    text.append(url, 0, fragment < 0 ? url.length() : fragment);
    EntryOverrides own = request.own();
    if (own != null) {
      for (HeaderLine header : own.headers()) {
        text.append('\n').append(header.name()).append(':').append(header.value());
      }
      Content content = own.content();
      if (content != null) {
        text.append("\n\n").append(content.type()).append(content.accept()).append('\n');
        text.append(new String(content.bytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return new SipHash(key0, key1).of(text);
  }

  /** The state of one hash computation. */
  private static final class SipHash {
    private static final int CHARS = 4;
    private static final int LAST_ROUNDS = 3;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipHash(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    long of(CharSequence text) {
      int at = 0;
      for (; at + CHARS <= text.length(); at += CHARS) {
        add(word(text, at, CHARS));
      }
      add(word(text, at, text.length() - at) | (long) text.length() << 48);
      v2 ^= 0xff;
      for (int i = 0; i < LAST_ROUNDS; i++) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long word(CharSequence text, int from, int chars) {
      long word = 0;
      for (int i = 0; i < chars; i++) {
        word |= (long) text.charAt(from + i) << (16 * i);
      }
      return word;
    }

    private void add(long word) {
      v3 ^= word;
      round();
      v0 ^= word;
    }

    private void round() {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}

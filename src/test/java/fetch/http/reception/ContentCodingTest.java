package fetch.http.reception;

import static fetch.http.Exchanges.failed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Bombs;
import fetch.http.Exchanges;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 8.4. */
class ContentCodingTest {
  /** 300,000 bytes that do not compress well, so that a body takes many reads. */
  private static final byte[] TEXT = text();

  /** "hello, hello, ..." 100 times, by the brotli command. */
  private static final byte[] BROTLI =
      Base64.getDecoder().decode("H7sC+I2Ubt5ECVKGlmwsb1FbJPDNcQA=");

  /** Wraps a stream in one that compresses. */
  private interface Coder {
    OutputStream encode(OutputStream out) throws IOException;
  }

  private static byte[] text() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + (bytes[i] & 15));
    }
    return bytes;
  }

  private static byte[] coded(byte[] plain, Coder coder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream encoder = coder.encode(out)) {
      encoder.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    return coded(plain, GZIPOutputStream::new);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static RawServer serving(String coding, byte[] body) throws IOException {
    return RawServer.start(connection -> {
      while (connection.readRequest() != null) {
        connection.send(
            "HTTP/1.1 200 OK\r\n"
                + ("Content-Encoding: " + coding + "\r\n")
                + ("Content-Length: " + body.length + "\r\n\r\n"));
        connection.send(body);
      }
    });
  }

  private static Attempt fetch(String coding, byte[] body) throws IOException {
    try (RawServer server = serving(coding, body)) {
      return Exchanges.byDefault().fetch(server.url("/"));
    }
  }

  private static void assertDecoded(String coding, byte[] body, int size) throws IOException {
    Attempt attempt = fetch(coding, body);
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(body.length);
    assertThat(attempt.body().delivered()).isEqualTo(size);
  }

  private static void assertBroken(String coding, byte[] body) throws IOException {
    Attempt attempt = fetch(coding, body);
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.BAD_ENCODING);
    assertThat(failed(attempt).status()).isEqualTo(200);
    assertThat(failed(attempt).message()).doesNotContainPattern("\\p{Cntrl}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip", " gzip ", "identity, gzip", "gzip,"})
  void gzipIsDecoded(String name) throws IOException {
    assertDecoded(name, gzip(TEXT), TEXT.length);
  }

  @Test
  void gzipMayHaveSeveralMembers() throws IOException {
    byte[] member = gzip(TEXT);
    assertDecoded("gzip", concat(member, member, gzip(new byte[0]), member), 3 * TEXT.length);
  }

  /** As curl and browsers do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 100_000})
  void garbageAfterGzipIsPassedOver(int size) throws IOException {
    byte[] body = concat(gzip(TEXT), new byte[size]);
    try (RawServer server = serving("gzip", body);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 2; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(server.url("/")));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.body().downloaded()).isEqualTo(body.length);
        assertThat(attempt.body().delivered()).isEqualTo(TEXT.length);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void garbageAfterBrotliAndZstdIsCountedOrRefused() throws IOException {
    assertDecoded("br", concat(BROTLI, new byte[100_000]), 700);
    assertBroken("zstd", concat(Zstd.compress(TEXT), "garbage!".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void deflateIsDecodedWithAndWithoutItsWrapper() throws IOException {
    assertDecoded("deflate", coded(TEXT, DeflaterOutputStream::new), TEXT.length);
    assertDecoded(
        "deflate",
        coded(TEXT, out -> new DeflaterOutputStream(out, new Deflater(9, true))),
        TEXT.length);
  }

  @Test
  void brotliIsDecoded() throws IOException {
    assertDecoded("br", BROTLI, 700);
  }

  @Test
  void zstdIsDecoded() throws IOException {
    assertDecoded("zstd", coded(TEXT, ZstdOutputStream::new), TEXT.length);
    byte[] frame = Zstd.compress(TEXT);
    assertDecoded("zstd", concat(frame, frame), 2 * TEXT.length);
  }

  @Test
  void stackedCodingsAreUndoneFromTheLast() throws IOException {
    assertDecoded("gzip, zstd", Zstd.compress(gzip(TEXT)), TEXT.length);
    assertDecoded("deflate, gzip", gzip(coded(TEXT, DeflaterOutputStream::new)), TEXT.length);
  }

  private static byte[] repeat(byte[] part, int count) {
    byte[] all = new byte[part.length * count];
    for (int i = 0; i < all.length; i += part.length) {
      System.arraycopy(part, 0, all, i, part.length);
    }
    return all;
  }

  /** Decoders that recurse for each of them overflow the stack. */
  @Test
  void emptyMembersAndFramesAreDecodedToNothing() throws IOException {
    byte[] members = repeat(gzip(new byte[0]), 20_000);
    assertDecoded("gzip", members, 0);
    assertDecoded("gzip", concat(members, gzip(TEXT)), TEXT.length);
    assertDecoded("gzip, gzip", gzip(members), 0);
    assertDecoded("gzip, gzip", gzip(repeat(gzip(new byte[0]), 200_000)), 0);
    assertDecoded("gzip, zstd", Zstd.compress(members), 0);
    assertDecoded("zstd", repeat(Zstd.compress(new byte[0]), 20_000), 0);
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 'x'};
    assertDecoded("zstd", concat(repeat(skippable, 20_000), Zstd.compress(TEXT)), TEXT.length);
    assertDecoded("deflate", concat(new byte[] {0x78, (byte) 0x9c}, emptyBlocks(20_000)), 0);
  }

  /** Stored blocks of no bytes, the last of which ends the stream, and the checksum of nothing. */
  private static byte[] emptyBlocks(int count) {
    byte[] block = {0, 0, 0, (byte) 0xff, (byte) 0xff};
    byte[] last = {1, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0, 0, 1};
    return concat(repeat(block, count), last);
  }

  @Test
  void gzipHeadersMayHaveEveryField() throws IOException {
    byte[] member = gzip(TEXT);
    byte[] start = {
      0x1f, (byte) 0x8b, 8, 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 'a', 'b', 'n', 0, 'c', 0
    };
    byte[] named = concat(start, java.util.Arrays.copyOfRange(member, 10, member.length));
    assertDecoded("gzip", concat(named, named), 2 * TEXT.length);
  }

  @Test
  void aSecondMemberThatIsCutOrBrokenIsABadEncoding() throws IOException {
    byte[] member = gzip(TEXT);
    for (int length : new int[] {2, 5, 10, 1000, member.length - 1}) {
      assertBroken("gzip", concat(member, java.util.Arrays.copyOf(member, length)));
    }
    byte[] unknown = {0x1f, (byte) 0x8b, 7, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3};
    assertBroken("gzip", concat(member, unknown));
  }

  /** What decodes to nothing is never handed on, so that only the decoder can stop. */
  @Test
  void endlessEmptyMembersObeyTheTimeLimit() throws IOException {
    byte[] members = repeat(gzip(new byte[0]), 5_000);
    byte[] nested = gzip(repeat(members, 1_000));
    for (String coding : new String[] {"gzip", "gzip, gzip"}) {
      byte[] block = coding.equals("gzip") ? members : nested;
      try (RawServer server =
          RawServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\n\r\n");
            while (!connection.socket().isClosed()) {
              connection.send(block);
            }
          })) {
        Attempt attempt =
            Exchanges.byDefault().maxTime(Duration.ofMillis(700)).fetch(server.url("/"));
        assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(attempt.timings().total()).isLessThan(Duration.ofSeconds(2).toNanos());
      }
    }
  }

  @Test
  void theMessageNamesTheCodingAndNoLibrary() throws IOException {
    byte[] html = "<html>".getBytes(UTF_8);
    assertThat(failed(fetch("gzip", html)).message()).isEqualTo("the body is not valid gzip");
    assertThat(failed(fetch("br", html)).message()).isEqualTo("the body is not valid br");
    assertThat(failed(fetch("gzip, zstd", html)).message())
        .isEqualTo("the body is not valid gzip, zstd");
    assertThat(failed(fetch("gzip", java.util.Arrays.copyOf(gzip(TEXT), 50))).message())
        .isEqualTo("the body's gzip data ends early");
  }

  @Test
  void codingsMayStandInSeveralFields() throws IOException {
    assertDecoded("gzip\r\nContent-Encoding: zstd", Zstd.compress(gzip(TEXT)), TEXT.length);
  }

  @Test
  void tooManyCodingsAreRefused() throws IOException {
    assertBroken("gzip, gzip, gzip, gzip, gzip, gzip", gzip(TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "none", "", "identity, identity"})
  void identityIsNoCoding(String name) throws IOException {
    assertDecoded(name, TEXT, TEXT.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd", "deflate", "gzip, zstd", "unheard-of"})
  void anEmptyBodyNeedsNoDecoding(String name) throws IOException {
    assertDecoded(name, new byte[0], 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd", "deflate", "gzip, zstd", "zstd, gzip", "gzip, br"})
  void whatIsNotSoCodedIsABadEncoding(String name) throws IOException {
    assertBroken(name, "<html>this is not compressed at all</html>".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compress", "utf-8", "g\u001bzip"})
  void anUnknownCodingIsABadEncoding(String name) throws IOException {
    assertBroken(name, TEXT);
  }

  @Test
  void aTruncatedStreamIsABadEncoding() throws IOException {
    byte[] gzip = gzip(TEXT);
    byte[] zstd = Zstd.compress(TEXT);
    for (int cut : new int[] {1, 5, 9, 100, 1000}) {
      assertBroken("gzip", java.util.Arrays.copyOf(gzip, gzip.length - cut));
      assertBroken("zstd", java.util.Arrays.copyOf(zstd, zstd.length - cut));
    }
    assertBroken("gzip", java.util.Arrays.copyOf(gzip, 5));
    assertBroken("br", java.util.Arrays.copyOf(BROTLI, BROTLI.length - 3));
  }

  @Test
  void aWrongChecksumIsABadEncoding() throws IOException {
    byte[] gzip = gzip(TEXT);
    gzip[gzip.length - 6] ^= 1;
    assertBroken("gzip", gzip);
  }

  @Test
  void nothingIsDecodedWhenThereShallBeNoCompression() throws IOException {
    byte[] body = gzip(TEXT);
    try (RawServer server = serving("gzip", body)) {
      Attempt attempt = Exchanges.byDefault().uncompressed().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().delivered()).isEqualTo(body.length);
    }
  }

  @Test
  void theSizeLimitIsOnDecodedBytes() throws IOException {
    try (RawServer server = serving("gzip", gzip(TEXT))) {
      assertThat(Exchanges.byDefault().maxFilesize(TEXT.length).fetch(server.url("/")).outcome())
          .isEqualTo(new Outcome.Responded(200));
      Outcome.Failed failure =
          Exchanges.byDefault().maxFilesize(TEXT.length - 1).failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.TOO_LARGE);
      assertThat(failure.message()).isEqualTo("the body is larger than 299999 bytes");
      assertThat(failure.status()).isEqualTo(200);
    }
  }

  @Test
  void aDeclaredLengthThatIsTooLargeIsNotRead() throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nx")) {
      Attempt attempt = Exchanges.byDefault().maxFilesize(1000).fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TOO_LARGE);
      assertThat(attempt.body().downloaded()).isZero();
      assertThat(attempt.timings().total()).isLessThan(Duration.ofSeconds(5).toNanos());
    }
  }

  @Test
  void aStreamThatIsTooLargeIsCutOff() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            connection.send(TEXT);
          }
        })) {
      Attempt attempt = Exchanges.byDefault().maxFilesize(5_000_000).fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TOO_LARGE);
      assertThat(attempt.body().delivered()).isBetween(5_000_001L, 5_100_000L);
    }
  }

  /**
   * A bomb within a bomb as well: each of the few bytes of the first is a thousand of the second.
   */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd", "gzip, gzip", "gzip, zstd"})
  void aBombIsCutOffAtTheSizeLimit(String codings) throws IOException {
    byte[] bomb =
        switch (codings) {
          case "br" -> Bombs.brotli(1000);
          case "zstd" -> Zstd.compress(new byte[50_000_000]);
          case "gzip, gzip" -> gzip(Bombs.gzip(1 << 16));
          case "gzip, zstd" -> Zstd.compress(Bombs.gzip(1 << 16));
          default -> Bombs.gzip(1 << 16);
        };
    try (RawServer server = serving(codings, bomb)) {
      Attempt attempt = Exchanges.byDefault().maxFilesize(10_000_000).fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TOO_LARGE);
      assertThat(attempt.body().delivered()).isBetween(10_000_001L, 10_100_000L);
      assertThat(attempt.body().downloaded()).isLessThanOrEqualTo(bomb.length);
      assertThat(attempt.timings().total()).isLessThan(Duration.ofSeconds(5).toNanos());
    }
  }

  /** All of the bomb has come before the decoder begins, so no read of the network times out. */
  @Test
  void aBombIsCutOffAtTheTimeLimit() throws IOException {
    byte[] bomb = Bombs.brotli(8_000);
    try (RawServer server = serving("br", bomb)) {
      Attempt attempt = Exchanges.byDefault().maxTime(Duration.ofSeconds(1)).fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(attempt.body().delivered()).isGreaterThan(20_000_000);
      assertThat(attempt.timings().total()).isLessThan(Duration.ofMillis(1500).toNanos());
    }
  }
}

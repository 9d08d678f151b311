package fetch.warc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.ArchivedResponse;
import fetch.Clock;
import fetch.warc.ExchangeInfo.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";

  private final List<String> complaints = new ArrayList<>();
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(parent.resolve("archive"));
  }

  private Archive open(String name) throws IOException {
    Archive.Plan plan =
        new Archive.Plan(folder.resolve(name), Long.MAX_VALUE, false, false, "software: test\r\n");
    Archive archive = Archive.open(plan, Clock.system(), complaints::add);
    archive.startAfresh();
    return archive;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  private static String noiseText(int length) {
    return new String(noise(length), ISO_8859_1);
  }

  private static void sent(Capture capture, String request) {
    byte[] all = bytes("__" + request);
    for (int at = 2; at < all.length; at += 8192) {
      capture.sent(all, at, Math.min(8192, all.length - at));
    }
  }

  private static void received(Capture capture, String response, int piece) {
    byte[] all = bytes("__" + response);
    for (int at = 2; at < all.length; at += piece) {
      capture.received(all, at, Math.min(piece, all.length - at));
    }
  }

  private static ArchivedResponse finish(Capture capture, String url, Truncation truncation)
      throws IOException {
    Connection connection =
        new Connection("127.0.0.1", List.of("http/1.1", "tls/1.3"), "TLS_AES_128_GCM_SHA256");
    return capture.finish(
        new ExchangeInfo(url, "GET", 200, "text/plain", connection, 1_000_000_000, truncation));
  }

  private ArchivedRecord only(String type, String name) throws IOException {
    List<ArchivedRecord> found = ArchivedRecord.of(type, "http://a/", folder.resolve(name));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<IndexLine> index(String name) throws IOException {
    return Files.readAllLines(Archive.index(folder.resolve(name))).stream()
        .map(IndexLine::parse)
        .toList();
  }

  /** Up to 72 KB of a body are in memory; each block in the temporary file has 64 KB. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1025, 65_536, 73_727, 73_728, 73_729, 139_264, 139_265, 400_000})
  void keepsBodiesOfAnyLength(int length) throws IOException {
    String body = noiseText(length);
    for (String name : List.of("a.warc.gz", "a.warc")) {
      for (int piece : new int[] {500, 8192, 1_000_000}) {
        try (Archive archive = open(name);
            Capture capture = archive.begin()) {
          sent(capture, GET);
          received(capture, OK, 7);
          capture.headEnds(0, false);
          received(capture, body, piece);
          assertThat(capture.bodyLength()).isEqualTo(length);
          capture.bodyEnds(0);
          assertThat(finish(capture, "http://a/", null)).isNull();
        }
        assertThat(only("response", name).text()).isEqualTo(OK + body);
        assertThat(only("request", name).text()).isEqualTo(GET);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.warc.gz", "a.warc"})
  void indexesWhatFollowsALargeExchange(String name) throws IOException {
    String body = noiseText(200_000);
    String post = "POST / HTTP/1.1\r\nHost: a\r\n\r\n" + noiseText(150_000);
    try (Archive archive = open(name)) {
      for (String url : List.of("http://a/1", "http://a/2", "http://a/3")) {
        try (Capture capture = archive.begin()) {
          sent(capture, post);
          received(capture, OK + body, 1_000_000);
          capture.headEnds(body.length(), false);
          finish(capture, url, null);
        }
      }
      archive.finish();
    }
    List<Long> places =
        ArchivedRecord.all(folder.resolve(name)).stream()
            .filter(record -> record.type().equals("response"))
            .map(ArchivedRecord::position)
            .toList();
    assertThat(index(name)).extracting(line -> line.place().offset()).isEqualTo(places);
    assertThat(index(name).getLast().place().end()).isEqualTo(Files.size(folder.resolve(name)));
  }

  @Test
  void leavesOutWhatWasReadAheadOfTheNextResponse() throws IOException {
    String body = noiseText(200_000);
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, GET);
      received(capture, OK + body + "HTTP/1.1", 8192);
      assertThat(capture.hasResponse()).isFalse();
      assertThat(capture.bodyLength()).isZero();
      capture.bodyEnds(8);
      capture.headEnds(body.length() + 8, false);
      assertThat(capture.hasResponse()).isTrue();
      assertThat(capture.bodyLength()).isEqualTo(body.length() + 8);
      capture.bodyEnds(8);
      assertThat(capture.bodyLength()).isEqualTo(body.length());
      finish(capture, "http://a/", null);
    }
    assertThat(only("response", "a.warc.gz").text()).isEqualTo(OK + body);
  }

  @Test
  void keepsTheTransferCodingButNotInTheDigestOfThePayload() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    String coded = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, GET);
      received(capture, head + coded, 1000);
      capture.headEnds(coded.length(), true);
      capture.content(bytes("-abc-"), 1, 3);
      capture.content(bytes("de"), 0, 2);
      finish(capture, "http://a/", null);
    }
    ArchivedRecord response = only("response", "a.warc.gz");
    assertThat(response.text()).isEqualTo(head + coded);
    assertThat(response.header("WARC-Payload-Digest"))
        .isEqualTo(Sha1.text(Sha1.of(bytes("abcde"))));
  }

  @Test
  void leavesOutInterimResponses() throws IOException {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, GET);
      received(capture, interim + OK + "body", 5);
      capture.headEnds(4, false);
      finish(capture, "http://a/", null);
    }
    assertThat(only("response", "a.warc.gz").text()).isEqualTo(OK + "body");
  }

  /** A request of more than 64 KB is kept in a buffer like that of a body. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60_000, 65_400, 65_500, 65_536, 150_000})
  void keepsRequestsOfAnyLengthWithoutTheirSecrets(int length) throws IOException {
    String body = noiseText(length);
    String start = "POST / HTTP/1.1\r\nHost: a\r\nCookie: ";
    for (String name : List.of("a.warc.gz", "a.warc")) {
      try (Archive archive = open(name);
          Capture capture = archive.begin()) {
        sent(capture, start + "secret=1\r\n\r\n" + body);
        received(capture, OK, 1000);
        capture.headEnds(0, false);
        finish(capture, "http://a/", null);
      }
      assertThat(only("request", name).text()).isEqualTo(start + "***\r\n\r\n" + body);
    }
  }

  @Test
  void keepsALargeHeadOfARequestWithoutItsSecrets() throws IOException {
    String start = "GET / HTTP/1.1\r\nX: " + "x".repeat(90_000) + "\r\nCookie: ";
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, start + "secret=1\r\n\r\n");
      received(capture, OK, 1000);
      capture.headEnds(0, false);
      finish(capture, "http://a/", null);
    }
    assertThat(only("request", "a.warc.gz").text()).isEqualTo(start + "***\r\n\r\n");
  }

  @Test
  void saysHowTheResponseCame() throws IOException {
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, GET);
      received(capture, OK, 1000);
      capture.headEnds(0, false);
      finish(capture, "http://a/", null);
    }
    ArchivedRecord response = only("response", "a.warc.gz");
    assertThat(response.header("WARC-IP-Address")).isEqualTo("127.0.0.1");
    assertThat(response.headers().all("WARC-Protocol")).containsExactly("http/1.1", "tls/1.3");
    assertThat(response.header("WARC-Cipher-Suite")).isEqualTo("TLS_AES_128_GCM_SHA256");
    assertThat(response.header("WARC-Truncated")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhyABodyIsIncomplete(Truncation truncation) throws IOException {
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, GET);
      received(capture, OK + "bo", 1000);
      capture.headEnds(2, false);
      finish(capture, "http://a/", truncation);
    }
    assertThat(only("response", "a.warc.gz").header("WARC-Truncated"))
        .isEqualTo(truncation.toString().toLowerCase(Locale.ROOT));
  }

  @Test
  void hasNothingToArchiveBeforeAResponse() throws IOException {
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin()) {
      sent(capture, GET);
      capture.bodyEnds(0);
      assertThatThrownBy(() -> finish(capture, "http://a/", null))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(ArchivedRecord.all(folder.resolve("a.warc.gz"))).hasSize(1);
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    try (Archive archive = open("a.warc.gz")) {
      try (Capture capture = archive.begin()) {
        sent(capture, "POST / HTTP/1.1\r\n\r\n" + noiseText(200_000));
        received(capture, OK, 1000);
        capture.headEnds(0, false);
        received(capture, noiseText(200_000), 8192);
      }
      assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }
  }

  @Test
  void reportsOnceThatItCannotBufferABody() throws IOException {
    try (Archive archive = open("a.warc.gz");
        Capture capture = archive.begin();
        Capture next = archive.begin()) {
      Files.move(folder, parent.resolve("moved"));
      for (Capture each : List.of(capture, next)) {
        sent(each, GET);
        received(each, OK, 1000);
        each.headEnds(0, false);
        received(each, noiseText(300_000), 8192);
        assertThatThrownBy(() -> finish(each, "http://a/", null))
            .isInstanceOf(ArchiveWriteException.class)
            .hasMessageStartingWith("cannot write the archive: " + folder.resolve("a.warc.gz"));
      }
      Files.move(parent.resolve("moved"), folder);
    }
    assertThat(complaints).hasSize(1);
  }
}

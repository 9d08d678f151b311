package fetch.warc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.ArchivedResponse;
import fetch.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ";

  @TempDir Path folder;

  /** How an archive is gone on with. */
  private interface Use {
    void use(Archive archive) throws IOException;
  }

  private Archive open(String name, long mostBytes, boolean dedup) throws IOException {
    Archive.Plan plan =
        new Archive.Plan(folder.resolve(name), mostBytes, dedup, true, "software: test\r\n");
    return Archive.open(
        plan,
        Clock.system(),
        complaint -> {
          throw new AssertionError(complaint);
        });
  }

  private void afresh(String name, boolean dedup, Use use) throws IOException {
    try (Archive archive = open(name, Long.MAX_VALUE, dedup)) {
      archive.startAfresh();
      use.use(archive);
      archive.finish();
    }
  }

  private long goOn(String name, boolean dedup, Use use) throws IOException {
    try (Archive archive = open(name, Long.MAX_VALUE, dedup)) {
      long torn = archive.goOn();
      use.use(archive);
      archive.finish();
      return torn;
    }
  }

  private static String add(Archive archive, String url, String body) throws IOException {
    return add(archive, url, body, null);
  }

  private static String add(Archive archive, String url, String body, Truncation cut)
      throws IOException {
    try (Capture capture = archive.begin()) {
      byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);
      capture.sent(request, 0, request.length);
      byte[] response = (HEAD + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII);
      capture.received(response, 0, response.length);
      capture.headEnds(body.length(), false);
      ArchivedResponse place =
          capture.finish(
              new ExchangeInfo(
                  url,
                  "GET",
                  200,
                  "text/plain",
                  ExchangeInfo.Connection.UNKNOWN,
                  1_000_000_000,
                  cut));
      return place == null ? null : place.file();
    }
  }

  private List<String> types(String name) throws IOException {
    return ArchivedRecord.all(folder.resolve(name)).stream()
        .map(ArchivedRecord::type)
        .filter(type -> !type.equals("request") && !type.equals("warcinfo"))
        .toList();
  }

  private List<String> urls(String name) throws IOException {
    return ArchivedRecord.all(folder.resolve(name)).stream()
        .filter(record -> record.type().equals("response"))
        .map(record -> record.header("WARC-Target-URI"))
        .toList();
  }

  private static String indexOf(String name) {
    return name.equals("a.warc") ? "a.warc.cdxj" : "a.cdxj";
  }

  /** Each line of the index gives the place of its response. */
  private void checkIndex(String index, long lines) throws IOException {
    List<String> all = Files.readAllLines(folder.resolve(index));
    assertThat(all).hasSize((int) lines).isSorted();
    for (String text : all) {
      IndexLine line = IndexLine.parse(text);
      Path file = folder.resolve(line.place().filename());
      List<ArchivedRecord> records = ArchivedRecord.all(file);
      ArchivedRecord response =
          records.stream()
              .filter(r -> r.position() == line.place().offset())
              .findFirst()
              .orElseThrow();
      assertThat(response.header("WARC-Target-URI")).isEqualTo(line.url());
      assertThat(response.header("WARC-Payload-Digest")).isEqualTo("sha1:" + line.digest());
      assertThat(records)
          .filteredOn(r -> r.position() > line.place().offset())
          .allMatch(r -> r.position() >= line.place().end());
    }
  }

  @Test
  void saysWhereEachResponseIs() throws IOException {
    afresh(
        "a.warc.gz",
        false,
        archive -> {
          for (String host : List.of("c", "a", "b")) {
            assertThat(add(archive, "http://" + host + "/", "body of " + host))
                .isEqualTo(folder.resolve("a.warc.gz").toString());
          }
        });

    checkIndex("a.cdxj", 3);
    assertThat(Files.readAllLines(folder.resolve("a.cdxj")).getFirst())
        .startsWith("a)/ 19700112134640 {\"url\": \"http://a/\", \"mime\": \"text/plain\", ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.warc.gz", "a.warc"})
  void whatWasTornAnywhereIsDropped(String name) throws IOException {
    Path file = folder.resolve(name);
    afresh(
        name,
        false,
        archive -> {
          add(archive, "http://a/1", "one");
          add(archive, "http://a/2", "two");
        });
    byte[] whole = Files.readAllBytes(file);
    Path indexPath = folder.resolve(indexOf(name));
    byte[] index = Files.readAllBytes(indexPath);
    int second = (int) ArchivedRecord.all(file).get(3).position();
    for (int length : cuts(second, whole.length)) {
      Files.write(file, Arrays.copyOf(whole, length));
      Files.write(indexPath, Arrays.copyOf(index, length % index.length));

      assertThat(goOn(name, false, archive -> add(archive, "http://a/3", "three")))
          .as("cut at %d", length)
          .isEqualTo(length - second);
      assertThat(urls(name)).containsExactly("http://a/1", "http://a/3");
    }
    checkIndex(indexOf(name), 2);
  }

  /** Some of the places between, and all that are near an end. */
  private static int[] cuts(int from, int to) {
    return IntStream.range(from, to)
        .filter(at -> at % 9 == 0 || at < from + 20 || at >= to - 20)
        .toArray();
  }

  @Test
  void beginsAgainWhereNotEvenTheFirstRecordIsWhole() throws IOException {
    afresh("a.warc.gz", false, archive -> {});
    Path file = folder.resolve("a.warc.gz");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      goOn("a.warc.gz", false, archive -> add(archive, "http://a/", "a"));
      assertThat(urls("a.warc.gz")).containsExactly("http://a/");
    }
    checkIndex("a.cdxj", 1);
  }

  @Test
  void goesOnInTheLastOfItsFiles() throws IOException {
    List<String> urls = new ArrayList<>();
    try (Archive archive = open("a.warc.gz", 3000, false)) {
      archive.startAfresh();
      for (int i = 0; i < 12; i++) {
        urls.add("http://a/" + i);
        add(archive, "http://a/" + i, "body " + i);
      }
    }
    try (Archive archive = open("a.warc.gz", 3000, false)) {
      assertThat(archive.goOn()).isZero();
      for (int i = 12; i < 24; i++) {
        urls.add("http://a/" + i);
        add(archive, "http://a/" + i, "body " + i);
      }
      archive.finish();
    }

    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gz")).sorted().toList()) {
        assertThat(Files.size(file)).isLessThan(3500);
        found.addAll(urls(file.getFileName().toString()));
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(urls);
    checkIndex("a.cdxj", 24);
  }

  @Test
  void makesTheIndexAnewWhereItIsGone() throws IOException {
    afresh("a.warc.gz", false, archive -> add(archive, "http://a/", "a"));
    byte[] index = Files.readAllBytes(folder.resolve("a.cdxj"));
    Files.delete(folder.resolve("a.cdxj"));
    goOn("a.warc.gz", false, archive -> {});

    assertThat(folder.resolve("a.cdxj")).hasBinaryContent(index);
  }

  @Test
  void refersToABodyThatIsThere() throws IOException {
    afresh(
        "a.warc.gz",
        true,
        archive -> {
          add(archive, "http://a/1", "the same");
          add(archive, "http://a/2", "another");
          add(archive, "http://a/3", "the same");
          add(archive, "http://a/4", "");
          add(archive, "http://a/5", "");
        });
    goOn("a.warc.gz", true, archive -> add(archive, "http://a/6", "another"));

    assertThat(urls("a.warc.gz"))
        .containsExactly("http://a/1", "http://a/2", "http://a/4", "http://a/5");
    List<ArchivedRecord> revisits =
        ArchivedRecord.all(folder.resolve("a.warc.gz")).stream()
            .filter(record -> record.type().equals("revisit"))
            .toList();
    assertThat(revisits)
        .extracting(record -> record.header("WARC-Refers-To-Target-URI"))
        .containsExactly("http://a/1", "http://a/2");
    ArchivedRecord revisit = revisits.getFirst();
    assertThat(revisit.header("WARC-Target-URI")).isEqualTo("http://a/3");
    assertThat(revisit.header("WARC-Refers-To-Date")).isEqualTo("1970-01-12T13:46:40Z");
    assertThat(revisit.header("WARC-Profile"))
        .isEqualTo("http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
    assertThat(revisit.text()).isEqualTo(HEAD + "8\r\n\r\n");
    assertThat(revisit.header("WARC-Payload-Digest"))
        .isEqualTo(
            ArchivedRecord.of("response", "http://a/1", folder.resolve("a.warc.gz"))
                .getFirst()
                .header("WARC-Payload-Digest"));
    checkIndex("a.cdxj", 6);
  }

  @Test
  void isLockedWhileItIsWritten() throws IOException {
    try (Archive _ = open("a.warc.gz", 1, false)) {
      assertThatThrownBy(() -> open("a.warc.gz", 1, false))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run is writing to it");
    }
  }

  @Test
  void whatIsCutOffIsNeverReferredToNorRefersItself() throws IOException {
    afresh(
        "a.warc.gz",
        true,
        archive -> {
          add(archive, "http://a/", "body", Truncation.TIME);
          add(archive, "http://b/", "body");
          add(archive, "http://c/", "body", Truncation.DISCONNECT);
        });
    goOn("a.warc.gz", true, archive -> add(archive, "http://d/", "body"));

    assertThat(types("a.warc.gz")).containsExactly("response", "response", "response", "revisit");
    assertThat(ArchivedRecord.of("revisit", "http://d/", folder.resolve("a.warc.gz")).getFirst())
        .returns("http://b/", record -> record.header("WARC-Refers-To-Target-URI"));
  }

  @Test
  void whatOthersCutOffIsNotReferredTo() throws IOException {
    Path file = folder.resolve("a.warc");
    afresh("a.warc", true, archive -> add(archive, "http://a/", "body"));
    String type = "WARC-Type: response\r\n";
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace(type, type + "WARC-Truncated: time\r\n"));
    Files.delete(folder.resolve("a.warc.cdxj"));
    goOn("a.warc", true, archive -> add(archive, "http://b/", "body"));

    assertThat(Files.readString(file)).doesNotContain("revisit");
  }

  /** Each character is a byte. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 O\u0001\u007fK\r\nContent-Type: text/plain\r\n\r\n",
        "HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\n",
        "HTTP/1.1 200\r\nContent-Type: text/caf\u00e9\r\n\r\n",
        "HTTP/1.1 200\r\nContent-Type: text/caf\u00c3\u00a9\r\n\r\n",
        "HTTP/1.1 200 OK\nCONTENT-TYPE : text/plain\n\n",
        "HTTP/1.1 200 OK\r\n folded\r\nContent-Type:text/plain;\u00ff\r\n\r\n",
        "HTTP/1.1 200 OK\r\nETag: \u00e9\u0000\"\r\nno colon\r\nContent-Type: text/plain\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\r\nContent-Type: text/plain\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Type\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \r\rY\r\nContent-Type: a/b\r\nContent-Type: text/plain\r\n\r\n"
      })
  void readsHeadsHoweverOddTheirBytes(String head) throws IOException {
    String mime = head.contains("caf") ? "text/caf\u00e9" : "text/plain";
    Use twice =
        archive -> {
          for (String url : List.of("http://a/", "http://b/")) {
            try (Capture capture = archive.begin()) {
              byte[] bytes = (head + "\n\nbody").getBytes(ISO_8859_1);
              capture.received(bytes, 0, bytes.length);
              capture.headEnds("\n\nbody".length(), false);
              capture.finish(
                  new ExchangeInfo(
                      url, "GET", 200, mime, ExchangeInfo.Connection.UNKNOWN, 1_000_000_000, null));
            }
          }
        };
    afresh("a.warc.gz", false, twice);
    List<String> index = Files.readAllLines(folder.resolve("a.cdxj"));
    Files.delete(folder.resolve("a.cdxj"));

    assertThat(goOn("a.warc.gz", false, archive -> {})).isZero();
    assertThat(Files.readAllLines(folder.resolve("a.cdxj"))).hasSize(2).isEqualTo(index);
  }

  @Test
  void openingItChangesNothing() throws IOException {
    afresh("a.warc.gz", false, archive -> add(archive, "http://a/", "a"));
    byte[] whole = Files.readAllBytes(folder.resolve("a.warc.gz"));
    open("a.warc.gz", 1, false).close();

    assertThat(folder.resolve("a.warc.gz")).hasBinaryContent(whole);
    checkIndex("a.cdxj", 1);
  }

  @Test
  void checksumsAreThoseOfAllTogether() {
    byte[] bytes = new byte[100_000];
    new Random(5).nextBytes(bytes);
    for (int at : new int[] {0, 1, 2, 255, 65_536, 99_999, 100_000}) {
      assertThat(CrcCombiner.combine(crc(bytes, 0, at), crc(bytes, at, 100_000), 100_000 - at))
          .isEqualTo(crc(bytes, 0, 100_000));
    }
  }

  private static int crc(byte[] bytes, int from, int to) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }
}

package fetch.warc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of several files, some of which are missing, damaged or none of fetch's. */
class ArchiveSeriesTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: ";

  @TempDir Path folder;

  private Archive open(String name) throws IOException {
    Archive.Plan plan =
        new Archive.Plan(folder.resolve(name), 1, false, true, "software: test\r\n");
    return Archive.open(plan, Clock.system(), _ -> {});
  }

  private static void add(Archive archive, String url) throws IOException {
    try (Capture capture = archive.begin()) {
      byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);
      capture.sent(request, 0, request.length);
      byte[] response = (HEAD + url.length() + "\r\n\r\n" + url).getBytes(US_ASCII);
      capture.received(response, 0, response.length);
      capture.headEnds(url.length(), false);
      capture.finish(
          new ExchangeInfo(
              url, "GET", 200, null, ExchangeInfo.Connection.UNKNOWN, 1_000_000_000, null));
    }
  }

  /** Archives each URL in a file of its own. */
  private void afresh(String name, String... urls) throws IOException {
    try (Archive archive = open(name)) {
      archive.startAfresh();
      for (String url : urls) {
        add(archive, url);
      }
      archive.finish();
    }
  }

  private long goOn(String name, String... urls) throws IOException {
    try (Archive archive = open(name)) {
      long torn = archive.goOn();
      for (String url : urls) {
        add(archive, url);
      }
      archive.finish();
      return torn;
    }
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private void assertRefused(String name, String complaint) throws IOException {
    Map<String, String> before = contents();
    assertThatThrownBy(() -> goOn(name, "http://a/new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(complaint);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void goesOnAfterTheLastWhicheverBeforeItWereMovedAway() throws IOException {
    afresh("a.warc.gz", "http://a/0", "http://a/1", "http://a/2", "http://a/3");
    List<String> index = Files.readAllLines(folder.resolve("a.cdxj"));
    Files.delete(folder.resolve("a.warc.gz"));
    Files.delete(folder.resolve("a-00002.warc.gz"));
    Map<String, String> before = contents();

    assertThat(goOn("a.warc.gz", "http://a/4")).isZero();

    Map<String, String> after = contents();
    assertThat(after.keySet())
        .containsExactlyInAnyOrder(
            "a-00001.warc.gz", "a-00003.warc.gz", "a-00004.warc.gz", "a.cdxj");
    assertThat(after).containsEntry("a-00001.warc.gz", before.get("a-00001.warc.gz"));
    assertThat(Files.readAllLines(folder.resolve("a.cdxj"))).containsAll(index).hasSize(5);
  }

  @Test
  void removesAllOfTheRunBeforeAndNothingElse() throws IOException {
    afresh("a.warc.gz", "http://a/0", "http://a/1", "http://a/2", "http://a/3");
    Files.delete(folder.resolve("a-00001.warc.gz"));
    for (String other :
        List.of("a-1.warc.gz", "a-00003.warc", "a-000002.warc.gz", "b-00001.warc.gz")) {
      Files.writeString(folder.resolve(other), "precious");
    }
    afresh("a.warc.gz", "http://a/new");

    assertThat(contents().keySet())
        .containsExactlyInAnyOrder(
            "a.warc.gz",
            "a.cdxj",
            "a-1.warc.gz",
            "a-00003.warc",
            "a-000002.warc.gz",
            "b-00001.warc.gz");
  }

  @Test
  void beginsWithTheFirstWhereOnlyLaterOnesAreLeft() throws IOException {
    afresh("a.warc.gz", "http://a/0", "http://a/1");
    Files.delete(folder.resolve("a.warc.gz"));
    afresh("a.warc.gz", "http://a/new");

    assertThat(contents().keySet()).containsExactlyInAnyOrder("a.warc.gz", "a.cdxj");
  }

  @Test
  void hasAnIndexForEachKind() throws IOException {
    afresh("a.warc.gz", "http://a/packed");
    afresh("a.warc", "http://a/plain");

    assertThat(folder.resolve("a.cdxj")).content().contains("a.warc.gz").hasLineCount(1);
    assertThat(folder.resolve("a.warc.cdxj")).content().contains("a.warc\"").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.warc.gz", "a.warc"})
  void refusesAFileThatIsDamagedInTheMiddle(String name) throws IOException {
    try (Archive archive =
        Archive.open(
            new Archive.Plan(folder.resolve(name), Long.MAX_VALUE, false, true, "a: b\r\n"),
            Clock.system(),
            _ -> {})) {
      archive.startAfresh();
      for (int n = 0; n < 6; n++) {
        add(archive, "http://a/" + n);
      }
    }
    Path index = folder.resolve(name.equals("a.warc") ? "a.warc.cdxj" : "a.cdxj");
    Files.write(index, new byte[0]);
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    for (int at = 0; at < whole.length / 2; at += 1 + at / 40) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, at, at + 12, (byte) '#');
      Files.write(folder.resolve(name), damaged);
      checkNothingIsCut(name, damaged);
    }
  }

  /** Some bytes are of no importance, such as those of a URL. */
  private void checkNothingIsCut(String name, byte[] damaged) throws IOException {
    try (Archive archive = open(name)) {
      archive.goOn();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(name);
    }
    byte[] after = Files.readAllBytes(folder.resolve(name));
    assertThat(Arrays.copyOf(after, Math.min(after.length, damaged.length))).isEqualTo(damaged);
    Files.write(folder.resolve(name.equals("a.warc") ? "a.warc.cdxj" : "a.cdxj"), new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.warc.gz", "a.warc"})
  void refusesATornFileThatIsNotTheLast(String name) throws IOException {
    afresh(name, "http://a/0", "http://a/1", "http://a/2");
    Path first = folder.resolve(name);
    byte[] whole = Files.readAllBytes(first);
    Files.write(first, Arrays.copyOf(whole, whole.length - 3));

    assertRefused(name, first + " is damaged");
  }

  @Test
  void refusesWhatIsNoArchiveOfFetch() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("precious\n".getBytes(US_ASCII));
    }
    byte[] text = "precious".getBytes(US_ASCII);
    for (byte[] content : List.of(packed.toByteArray(), text, new byte[5000])) {
      for (String name : List.of("a.warc.gz", "a.warc")) {
        Files.write(folder.resolve(name), content);
        assertRefused(name, folder.resolve(name) + " is not an archive that fetch wrote");
        Files.delete(folder.resolve(name));
      }
    }
  }

  @Test
  void dropsZerosThatWereLeftWhenThePowerFailed() throws IOException {
    afresh("a.warc.gz", "http://a/0");
    byte[] whole = Files.readAllBytes(folder.resolve("a.warc.gz"));
    Files.write(folder.resolve("a.warc.gz"), Arrays.copyOf(whole, whole.length + 4096));

    assertThat(goOn("a.warc.gz", "http://a/1")).isEqualTo(4096);
  }

  @Test
  void readsAgainAFileThatIsShorterThanItsIndexSays() throws IOException {
    afresh("a.warc.gz", "http://a/0", "http://a/1");
    List<String> index = Files.readAllLines(folder.resolve("a.cdxj"));
    Path last = folder.resolve("a-00001.warc.gz");
    byte[] whole = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(whole, whole.length - 1));

    assertThat(goOn("a.warc.gz", "http://a/2")).isPositive();
    assertThat(Files.readAllLines(folder.resolve("a.cdxj")))
        .hasSize(2)
        .contains(index.getFirst())
        .doesNotContain(index.getLast());
  }

  @Test
  void refusesAnIndexThatIsNone() throws IOException {
    afresh("a.warc.gz", "http://a/0");
    Files.writeString(folder.resolve("a.cdxj"), "dear diary\n");

    assertRefused("a.warc.gz", "a.cdxj is not an index that fetch wrote");
  }

  @Test
  void overwritesNoFileThatAppearsWhileItIsWritten() throws IOException {
    try (Archive archive = open("a.warc.gz")) {
      archive.startAfresh();
      add(archive, "http://a/0");
      Files.writeString(folder.resolve("a-00001.warc.gz"), "precious");
      assertThatThrownBy(() -> add(archive, "http://a/1"))
          .hasMessageContaining("cannot write the archive");
    }

    assertThat(folder.resolve("a-00001.warc.gz")).content().isEqualTo("precious");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "counts hard links as POSIX does")
  void leadsToNoOtherFileByLinks() throws IOException {
    afresh("a.warc.gz", "http://a/0");
    Path precious = Files.writeString(folder.resolve("precious"), "mine\n");
    for (String name : List.of("a-00001.warc.gz", "a.cdxj")) {
      Path planted = folder.resolve(name);
      Files.deleteIfExists(planted);
      Files.createSymbolicLink(planted, precious);
      assertThatThrownBy(() -> open("a.warc.gz")).hasMessageContaining("is a symbolic link");
      Files.delete(planted);
      Files.createLink(planted, precious);
      assertThatThrownBy(() -> open("a.warc.gz")).hasMessageContaining("has a second hard link");
      Files.delete(planted);
    }

    assertThat(precious).content().isEqualTo("mine\n");
  }

  @Test
  void isOneRunsOnlyInEachOfItsFiles() throws IOException {
    try (Archive archive = open("a.warc.gz")) {
      archive.startAfresh();
      add(archive, "http://a/0");
      add(archive, "http://a/1");
      assertThatThrownBy(() -> open("a.warc.gz")).hasMessageContaining("another run is writing");
      Files.delete(folder.resolve("a.warc.gz"));
      assertThatThrownBy(() -> open("a.warc.gz")).hasMessageContaining("another run is writing");
    }
  }
}

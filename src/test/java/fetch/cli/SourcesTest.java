package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static Ended inOrder(String... sources) {
    return InProcess.fetch("", with(sources, "--ordered", "-f", "csv", "--fields=url"));
  }

  private static String[] with(String[] sources, String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + sources.length);
    System.arraycopy(sources, 0, all, options.length, sources.length);
    return all;
  }

  @Test
  void readsAFile() throws IOException {
    Path list = list("list", "# a comment\n\n" + site.url("/a") + "\n" + site.url("/b") + "\n");

    Ended ended = inOrder(list.toString());

    assertThat(ended.records()).containsExactly("url", site.url("/a"), site.url("/b"));
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).startsWith("2 urls: 2 ok, 0 failed; ");
  }

  @Test
  void readsSeveralSourcesInTheOrderGiven() throws IOException {
    Path first = list("first", site.url("/1"));
    Path last = list("last", site.url("/4"));
    String input = site.url("/3") + "\n";

    Ended ended =
        InProcess.fetch(
            input,
            "--ordered",
            "-fcsv",
            "--fields=urlnum,url",
            first.toString(),
            site.url("/2"),
            "-",
            last.toString());

    assertThat(ended.records())
        .containsExactly(
            "urlnum,url",
            "0," + site.url("/1"),
            "1," + site.url("/2"),
            "2," + site.url("/3"),
            "3," + site.url("/4"));
    assertThat(ended.code()).isZero();
  }

  @Test
  void saysThatAListHasNoEntries() throws IOException {
    String empty = list("empty", "").toString();
    String comments = list("comments.csv", "url\n\n").toString();
    String full = list("full", site.url("/a") + "\n").toString();

    Ended ended = InProcess.fetch("# nothing\n", empty, full, comments, "-");

    assertThat(ended.err().lines().limit(3))
        .containsExactly(
            "fetch: " + empty + " has no entries",
            "fetch: " + comments + " has no entries",
            "fetch: standard input has no entries");
    assertThat(ended.code()).isZero();
    assertThat(InProcess.fetch("", "--dry-run").err())
        .isEqualTo("fetch: standard input has no entries\n");
    assertThat(InProcess.fetch("", "-q", "-").err()).isEmpty();
  }

  @Test
  void saysPlainlyThatACompressedListIsCutShort() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write((site.url("/zipped") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 10);

    Ended ended = InProcess.fetch(cut, Map.of(), "-q");

    assertThat(ended.err())
        .isEqualTo("fetch: standard input: the gzip data ends early; the list is incomplete\n");
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void readsStandardInputWhenNothingIsGiven() {
    Ended ended = InProcess.fetch(site.url("/only"), "-q");

    assertThat(ended.out()).matches("200 5 \\d\\.\\d{3} " + site.url("/only") + "\n");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void knowsGzipByItsFirstBytesOnStandardInputToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write((site.url("/zipped") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(directory.resolve("list.txt"), bytes.toByteArray());

    assertThat(InProcess.fetch("", file.toString(), "-q").code()).isZero();
    assertThat(InProcess.fetch("", file.toString()).out()).endsWith(site.url("/zipped") + "\n");
    assertThat(InProcess.fetch(bytes.toByteArray(), Map.of(), "-").out())
        .endsWith(site.url("/zipped") + "\n");
  }

  @Test
  void readsAListFromAnEditorOnWindows() {
    Ended ended = InProcess.fetch("\uFEFF" + site.url("/a") + "\r\n" + site.url("/b"), "-", "-q");

    assertThat(ended.out()).contains(site.url("/a") + "\n").contains(site.url("/b") + "\n");
    assertThat(ended.records()).hasSize(2);
  }

  @Test
  void takesAnEntryWithoutASchemeAsHttpOnLoopback() {
    Ended ended = InProcess.fetch("127.0.0.1:" + site.port() + "/bare\n", "-q");

    assertThat(ended.out()).endsWith(" " + site.url("/bare") + "\n");
    assertThat(ended.code()).isZero();
  }

  @Test
  void fetchesTheOthersWhenAFileIsMissing() throws IOException {
    Path there = list("there", site.url("/there"));
    Path missing = directory.resolve("missing");

    Ended ended = inOrder(missing.toString(), there.toString());

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).startsWith("fetch: " + missing + ": no such file");
    assertThat(ended.err()).contains("1 urls: 1 ok");
    assertThat(ended.records()).containsExactly("url", site.url("/there"));
  }

  @Test
  void fetchesTheOthersWhenAFileIsADirectory() {
    Ended ended = inOrder(directory.toString(), site.url("/there"));

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).startsWith("fetch: " + directory + ": is a directory\n");
    assertThat(ended.records()).containsExactly("url", site.url("/there"));
  }

  @Test
  void fetchesTheOthersWhenAFileIsBrokenGzip() throws IOException {
    Path broken = directory.resolve("broken.gz");
    Files.write(broken, new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});

    Ended ended = inOrder(broken.toString(), site.url("/there"));

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).startsWith("fetch: " + broken + ": ");
    assertThat(ended.records()).containsExactly("url", site.url("/there"));
  }

  @Test
  void saysWhatAUrlWithoutASchemeLacks() {
    Ended ended = InProcess.fetch("", "example.invalid/x");

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).startsWith("fetch: example.invalid/x: no such file");
    assertThat(ended.err()).contains("http:// or https://");
  }

  @Test
  void givesAUrlOfAnotherSchemeItsRecord() {
    Ended ended = InProcess.fetch("", "ftp://me:secret@example.invalid/", "-q");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.out()).startsWith("--- 0 0.000 ftp://me:***@example.invalid/ unsupported_");
  }

  @Test
  void fetchesNothingFromAnEmptyList() {
    Ended ended = InProcess.fetch("# nothing\n\n  \n", "-");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("\n0 urls: 0 ok, 0 failed; 0 B; ");
  }

  @Test
  void stopsAtTheLimitThoughTheInputGoesOn() throws IOException {
    Path list = list("list", (site.url("/x") + "\n").repeat(100));

    Ended ended = InProcess.fetch("", "--limit=7", list.toString(), list.toString());

    assertThat(ended.records()).hasSize(7);
    assertThat(ended.err()).startsWith("7 urls: 7 ok");
    assertThat(InProcess.fetch("", "--limit=0", list.toString()).err()).startsWith("0 urls");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs symbolic links")
  void refusesToOverwriteTheListItReads() throws IOException {
    Path list = list("list", site.url("/x"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), list);

    Ended ended = InProcess.fetch("", "-o", link.toString(), list.toString());

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).startsWith("fetch: --output: ").contains(list.toString());
    assertThat(list).hasContent(site.url("/x"));
  }

  @Test
  void refusesToReadStandardInputTwice() {
    Ended ended = InProcess.fetch(site.url("/x"), "-", "-");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("standard input can be read only once");
  }

  @Test
  void neverShowsThePasswordOfWhatIsNoFile() {
    Ended ended = InProcess.fetch("", "me:secret@example.invalid/");

    assertThat(ended.everything()).doesNotContain("secret").contains("me:***@example.invalid");
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are refused because one file would have two purposes. */
class FileRolesTest {
  private static final String USED = "f.warc";

  @TempDir private Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(directory.resolve("list"), "%%a\n");
    Files.writeString(directory.resolve("key"), "");
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private void assertRefused(String one, String other, List<String> arguments) throws IOException {
    Map<String, String> before = contents();
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));

    assertThat(ended.err()).contains(one).contains(other).contains("use separate files");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(contents()).isEqualTo(before);
  }

  /** How an option is given a file, and how a complaint calls it. */
  record Named(String shown, String before) {}

  static Stream<Arguments> pairs() {
    List<Named> written =
        List.of(
            new Named("--output", "--output="),
            new Named("--metrics", "--metrics="),
            new Named("--report", "--report="),
            new Named("--lock", "--lock="),
            new Named("--cookie-jar", "--cookie-jar="),
            new Named("--warc", "--warc="));
    List<Named> read =
        List.of(
            new Named("the list", ""),
            new Named("--since", "--since="),
            new Named("--cacert", "--cacert="),
            new Named("--cert", "--cert="),
            new Named("--key", "--key="),
            new Named("--unix-socket", "--unix-socket="),
            new Named("--header", "-H@"),
            new Named("--proxy-header", "--proxy-header=@"),
            new Named("--netrc", "--netrc-file="),
            new Named("--pinnedpubkey", "--pinnedpubkey="),
            new Named("--data", "--data=@"),
            new Named("the settings", "@"));
    List<Arguments> pairs = new ArrayList<>();
    for (Named one : written) {
      for (Named other : written) {
        if (!one.equals(other)) {
          pairs.add(Arguments.of(one, other));
        }
      }
      read.forEach(other -> pairs.add(Arguments.of(one, other)));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs symbolic links")
  void refusesAFileWithTwoPurposes(Named one, Named other) throws IOException {
    Files.writeString(directory.resolve(USED), other.before().equals("@") ? "--quiet" : "X: y");
    Files.createSymbolicLink(directory.resolve("symbolic.warc"), directory.resolve(USED));
    Files.createLink(directory.resolve("hard.warc"), directory.resolve(USED));
    for (String name : List.of(USED, "./" + USED, "symbolic.warc", "hard.warc")) {
      assertRefused(
          one.shown(),
          other.shown(),
          List.of(one.before() + path(name), other.before() + path(USED), path("list")));
      assertRefused(
          one.shown(),
          other.shown(),
          List.of(one.before() + path(USED), other.before() + path(name), path("list")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--metrics", "--report", "--lock", "--warc", "--cookie-jar"})
  void refusesToWriteToTheCertificateOrKeyOfAHost(String written) throws IOException {
    HeldCertificate client = new HeldCertificate.Builder().build();
    Files.writeString(directory.resolve("client.warc"), client.certificatePem());
    Files.writeString(directory.resolve("key.warc"), client.privateKeyPkcs8Pem());
    Path config = directory.resolve("config");
    Files.writeString(
        config, "[a.example]\ncert = " + path("client.warc") + "\nkey = " + path("key.warc"));
    for (String name : List.of("client.warc", "key.warc")) {
      assertRefused(
          written, name, List.of("--config=" + config, written + "=" + path(name), path("list")));
    }
    Files.writeString(directory.resolve("c.warc"), "[a.example]\nretry = 1\n");
    assertRefused(
        written,
        "the settings",
        List.of("--config=" + path("c.warc"), written + "=" + path("c.warc"), path("list")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs symbolic links")
  void refusesAFileWithTwoPurposesThatIsNotThereYet() throws IOException {
    Files.createSymbolicLink(directory.resolve("link"), Path.of("new"));
    Files.createDirectories(directory.resolve("sub"));
    Files.createSymbolicLink(directory.resolve("way"), directory.resolve("sub"));
    List<List<String>> names =
        List.of(
            List.of("new", "new"),
            List.of("new", "link"),
            List.of("sub/new", "way/new"),
            List.of("none/../new", "new"));
    for (List<String> two : names) {
      assertRefused(
          "--output",
          "--metrics",
          List.of("-o", path(two.get(0)), "--metrics", path(two.get(1)), path("list")));
    }
    assertRefused(
        "--save", "--output", List.of("--save", path("new"), "-o", path("link"), path("list")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs symbolic links")
  void refusesAFileOfASeriesThatHasAnotherPurpose() throws IOException {
    Files.writeString(directory.resolve("out-00002.csv"), "%%a\n");
    Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("out-00002.csv"));
    for (String list : List.of("out-00002.csv", "alias")) {
      assertRefused(
          "--output-max-size",
          "the list",
          List.of("-fcsv", "-o", path("out.csv"), "--output-max-size=1k", "-ilines", path(list)));
    }
    assertRefused(
        "--warc",
        "--output",
        List.of("--warc", path("c.warc.gz"), "-o", path("c-00001.warc.gz"), path("list")));
    assertRefused(
        "--warc",
        "--output",
        List.of(
            "--warc", path("c.warc"), "-o", path("c.warc"), "--output-max-size=1m", path("list")));
    assertRefused(
        "the index",
        "--metrics",
        List.of("--warc", path("c.warc.gz"), "--metrics", path("c.cdxj"), path("list")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out-2.csv", "out-00002.tsv", "out2.csv", "sub/out-00002.csv"})
  void acceptsOtherNamesThanThoseOfTheSeries(String list) throws IOException {
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve(list), "%%a\n");
    Ended ended =
        InProcess.fetch(
            "", "-fcsv", "-o", path("out.csv"), "--output-max-size=1k", "-ilines", path(list));

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(directory.resolve(list)).content().isEqualTo("%%a\n");
  }

  @Test
  void readsAFileForTwoPurposes() {
    Ended ended =
        InProcess.fetch("", path("list"), path("list"), "-o/dev/null", "--metrics=/dev/null");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.err()).startsWith("2 urls: 0 ok");
  }

  @Test
  void savesNoBodyInThePlaceOfAFileOfTheRun() throws IOException {
    try (Site site = new Site()) {
      List<String> names =
          List.of("list", "out.jsonl", "metrics", "c.warc", "c.warc.cdxj", "c-00001.warc", "lock");
      Files.write(directory.resolve("list"), names.stream().map(n -> site.url("/" + n)).toList());
      Ended ended =
          InProcess.fetch(
              "",
              "--save=" + directory,
              "--save-as={name}",
              "-fjsonl",
              "-o" + path("out.jsonl"),
              "--metrics=" + path("metrics"),
              "--warc=" + path("c.warc"),
              "--warc-max-size=1k",
              "--lock=" + path("lock"),
              path("list"));

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(Files.readAllLines(directory.resolve("list"))).hasSize(names.size());
      assertThat(Files.readAllLines(directory.resolve("out.jsonl"))).hasSize(names.size());
      assertThat(directory.resolve("lock")).isEmptyFile();
      assertThat(directory.resolve("metrics")).content().contains("run=\"metrics\"");
      assertThat(directory.resolve("c.warc")).content().startsWith("WARC/1.1");
      assertThat(directory.resolve("c-00001.warc")).content().startsWith("WARC/1.1");
    }
  }
}

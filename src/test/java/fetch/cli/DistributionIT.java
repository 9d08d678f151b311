package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution runs wherever it stands and whatever surrounds it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tests the shell script bin/fetch")
class DistributionIT {
  private static final String VERSION_LINE =
      "fetch \\S+ \\((commit \\S+, )?Java 25\\S*, OkHttp \\S+\\)\n";

  @TempDir private Path directory;

  private static void assertRuns(ProcessBuilder builder) throws IOException {
    Ended ended = Program.run(builder);

    assertThat(ended.out()).as(ended.err()).matches(VERSION_LINE);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void runsWhereItWasBuilt() throws IOException {
    assertRuns(Program.builder(Program.executable(), "--version"));
  }

  @Test
  void runsFromAnotherPlaceWithSpacesInItsName() throws IOException {
    Path moved = directory.resolve("my tools/it's $fetch");
    FileTree.copy(Program.home(), moved);

    assertRuns(Program.builder(moved.resolve("bin/fetch"), "--version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"new\nline", "ü 名", "tab\t*", "semi;colon%"})
  void runsFromPlacesWithOddNames(String name) throws IOException {
    Path moved = directory.resolve(name);
    FileTree.copy(Program.home(), moved);

    assertRuns(Program.builder(moved.resolve("bin/fetch"), "--version"));
  }

  @Test
  void refusesToRunFromADirectoryWithAColonInItsName() throws IOException {
    Path moved = directory.resolve("a:b/fetch");
    FileTree.copy(Program.home(), moved);
    Path whole = Files.createSymbolicLink(directory.resolve("whole"), moved);
    Path link = Files.createSymbolicLink(directory.resolve("link"), moved.resolve("bin/fetch"));
    Path bin = moved.resolve("bin");
    List<ProcessBuilder> builders =
        List.of(
            Program.builder(bin.resolve("fetch"), "--version"),
            Program.builder(whole.resolve("bin/fetch"), "--version"),
            Program.builder(link, "--version"),
            Program.builder(Path.of("./fetch"), "--version").directory(bin.toFile()));
    for (ProcessBuilder builder : builders) {
      Ended ended = Program.run(builder);
      assertThat(ended.err())
          .isEqualTo(
              "fetch: "
                  + moved.toRealPath()
                  + ": Java cannot run from a directory with a colon in its name; move fetch to"
                  + " another\n");
      assertThat(ended.code()).isEqualTo(70);
    }
    assertRuns(
        Program.builder(Path.of("../../../whole-of-it/bin/fetch"), "--version")
            .directory(besideColon().toFile()));
  }

  /** A directory with a colon, three levels below a link to a good place. */
  private Path besideColon() throws IOException {
    Files.createSymbolicLink(directory.resolve("whole-of-it"), Program.home());
    return directory.resolve("a:b/fetch/bin");
  }

  @Test
  void leavesNoReportBehindWhenJavaCrashes() throws IOException, InterruptedException {
    try (Site site = new Site()) {
      Path work = Files.createDirectory(directory.resolve("work"));
      String url = site.url("/silent");
      Process process =
          Program.builder(Program.executable(), "-u", "me:secret", url)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .start();
      site.awaitRequests(1);
      new ProcessBuilder("kill", "-SEGV", String.valueOf(process.pid())).start().waitFor();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(said).isEqualTo(128 + 6);
      assertThat(work).isEmptyDirectory();
      assertThat(said).as("results may be on standard output").isEmpty();
    }
  }

  @Test
  void runsThroughSymbolicLinks() throws IOException {
    Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), Program.executable());
    Path bin = Files.createDirectories(directory.resolve("a bin"));
    Path relative = Files.createSymbolicLink(bin.resolve("relative"), Path.of("../absolute"));
    Path chain = Files.createSymbolicLink(directory.resolve("chain"), Path.of("a bin/relative"));
    Path whole = Files.createSymbolicLink(directory.resolve("whole"), Program.home());

    for (Path link : List.of(absolute, relative, chain, whole.resolve("bin/fetch"))) {
      assertRuns(Program.builder(link, "--version"));
    }
  }

  @Test
  void runsByAPathRelativeToWhereOneIs() throws IOException {
    Files.createSymbolicLink(directory.resolve("here"), Program.home());
    ProcessBuilder builder = Program.builder(Path.of("./here/bin/fetch"), "--version");

    assertRuns(builder.directory(directory.toFile()));
  }

  @Test
  void runsFromThePathWithoutJavaOnIt() throws IOException {
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String folder : List.of("/bin", "/usr/bin")) {
      for (File tool : new File(folder).listFiles()) {
        Path link = tools.resolve(tool.getName());
        if (!tool.getName().startsWith("j") && !Files.exists(link)) {
          Files.createSymbolicLink(link, tool.toPath());
        }
      }
    }
    Files.deleteIfExists(tools.resolve("fetch"));
    Files.createSymbolicLink(tools.resolve("fetch"), Program.executable());
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "fetch --version");
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());

    assertRuns(builder);
  }

  @Test
  void needsNoWritableHome() throws IOException {
    ProcessBuilder builder = Program.builder(Program.executable(), "--version");
    builder.environment().put("HOME", MissingPath.FILE.toString());

    assertRuns(builder.directory(new File("/")));
  }

  /**
   * With BoringSSL, and without it, as on a platform that there is no such code for: TLS is the
   * Java runtime's then.
   */
  @Test
  void speaksTlsWithAndWithoutNativeCode() throws IOException {
    Path copy = directory.resolve("fetch");
    FileTree.copy(Program.home(), copy);
    try (Stream<Path> files = Files.list(copy.resolve("runtime/lib"))) {
      List<Path> natives = files.filter(file -> file.toString().contains("tcnative")).toList();
      assertThat(natives).hasSize(1);
      Files.delete(natives.getFirst());
    }
    try (MockWebServer server = new MockWebServer()) {
      HeldCertificate certificate = new HeldCertificate.Builder().build();
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
      for (Path home : List.of(Program.home(), copy)) {
        server.enqueue(new MockResponse.Builder().body("hello").build());
        Path loaded = directory.resolve("loaded");
        ProcessBuilder builder =
            Program.builder(home.resolve("bin/fetch"), "-k", "-q", server.url("/").toString());
        builder.environment().put("FETCH_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
        Ended ended = Program.run(builder);

        assertThat(ended.out()).as(ended.err()).startsWith("200 5 ");
        assertThat(ended.err()).isEmpty();
        assertThat(Files.readString(loaded).contains("sun.security.ssl.SSLSocketImpl"))
            .isEqualTo(home.equals(copy));
      }
    }
  }

  @Test
  void saysWhichCommitItIsOf() throws IOException {
    String commit = git("rev-parse", "--short=12", "HEAD");

    assertThat(Program.run("--version").out())
        .containsPattern(commit.isEmpty() ? "\\(Java" : "\\(commit " + commit + "(-dirty)?, ");
  }

  /** What git knows of the sources, empty where it knows nothing. */
  private static String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void hasAManualPage() throws IOException {
    String page = Files.readString(Program.home().resolve("share/man/man1/fetch.1"));

    assertThat(page)
        .isEqualTo(
            Manual.complete(Files.readString(Path.of("src/main/dist/share/man/man1/fetch.1")))
                .replace(
                    "fetch development",
                    page.lines().skip(1).findFirst().orElse("").split("\"", -1)[3]));
  }

  @Test
  void hasHelpForAPerson() throws IOException {
    Ended ended = Program.run("--help");

    assertThat(ended.out()).isEqualTo(InProcess.fetch("", "--help").out());
    assertThat(ended.code()).isZero();
  }

  @Test
  void handsOnOptionsForTheJavaRuntime() throws IOException {
    ProcessBuilder builder = Program.builder(Program.executable());
    builder.environment().put("FETCH_JAVA_OPTS", "-Xmx64m -Dfetch.terminals=0");

    Ended ended = Program.run(builder);

    assertThat(ended.err()).startsWith("fetch: no SOURCE");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void readsStandardInputWhenItIsNoTerminal() throws IOException {
    Ended ended = Program.run(Program.builder(Program.executable()));

    assertThat(ended.err()).startsWith("fetch: standard input has no entries\n0 urls: ");
    assertThat(ended.code()).isZero();
  }

  @Test
  void readsNothingWhenStandardInputIsClosed() throws IOException {
    String script = "\"$0\" --unix-socket " + MissingPath.FILE + " <&-";
    Ended ended =
        Program.run(new ProcessBuilder("sh", "-c", script, Program.executable().toString()));

    assertThat(ended.err()).startsWith("fetch: standard input has no entries\n0 urls: ");
    assertThat(ended.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "xx_XX.UTF-8", "en_US.ISO-8859-1"})
  void takesArgumentsInUtf8WhateverTheLocale(String locale) throws IOException {
    try (Site site = new Site()) {
      String script =
          """
          list="$1/l\\303\\274ste"; list=$(printf "$list"); echo %s > "$list"
          "$0" --ordered --fields=url "$(printf '%s\\303\\274')" "$list"
          """
              .formatted(site.url("/2"), site.url("/1"));
      ProcessBuilder builder =
          new ProcessBuilder(
              "sh", "-c", script, Program.executable().toString(), directory.toString());
      builder.environment().put("LC_ALL", locale);

      Ended ended = Program.run(builder);

      assertThat(ended.records()).containsExactly(site.url("/1%C3%BC"), site.url("/2"));
      assertThat(ended.code()).isZero();
    }
  }
}

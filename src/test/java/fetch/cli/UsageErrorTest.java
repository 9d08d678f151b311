package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UsageErrorTest {
  private static final String NOWHERE = MissingPath.FILE.toString();

  @TempDir private Path directory;

  private static void assertUsageError(Ended ended, String complaint) {
    assertThat(ended.err()).startsWith("fetch: ").contains(complaint);
    assertThat(ended.err()).containsPattern("\nTry 'fetch( completion)? --help' for usage\\.\n$");
    assertThat(ended.err().lines()).hasSize(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  private static Arguments mistake(String complaint, String... arguments) {
    return Arguments.of(complaint, arguments);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("unknown option --bogus", "--bogus"),
        mistake("unknown option --workerz; did you mean --workers?", "--workerz=4"),
        mistake("unknown option -Z", "-Z"),
        mistake("unknown option -Z", "-qZ"),
        mistake("'--workers': '0' is not a whole number from 1 to 100000", "-w0"),
        mistake("from 1 to 100000, or auto", "-w", "many"),
        mistake("'--workers': '' is not a whole number", "--workers="),
        mistake("option '--workers' (N|auto)", "-w"),
        mistake("'--max-time': '1x' is not a time such as 250ms", "-m", "1x"),
        mistake("'--max-time': '-1' is not a time", "-m", "-1"),
        mistake("'--connect-timeout': 'soon' is not a time", "--connect-timeout", "soon"),
        mistake("'--max-filesize': '1z' is not a size such as 512", "--max-filesize=1z"),
        mistake("'--speed-limit': 'fast' is not a size", "-Y", "fast"),
        mistake("'--speed-time': 'long' is not a time", "--speed-time=long"),
        mistake("'--max-redirs': 'x' is not a whole number", "--max-redirs=x"),
        mistake("'--limit': '-1' is not a whole number of at least 0", "--limit=-1"),
        mistake("'--shard': '0/3' is not a part such as 1/4", "--shard=0/3"),
        mistake("'--shard': '4/3' is not a part", "--shard", "4/3"),
        mistake("'--per-host': '0' is not a whole number of at least 1", "--per-host=0"),
        mistake("'--rate': '0/s' is not a rate such as 50/s, 30/m or 100/h", "--rate=0/s"),
        mistake("'--rate': '5' is not a rate", "--rate=5"),
        mistake("'--per-host-rate': '1/d' is not a rate", "--per-host-rate=1/d"),
        mistake("'--retry': '-1' is not a whole number", "--retry=-1"),
        mistake("'--retry-delay': 'soon' is not a time", "--retry-delay=soon"),
        mistake("'--retry-max-time': '1d' is not a time", "--retry-max-time=1d"),
        mistake("'--deadline': 'noon' is not a time", "--deadline=noon"),
        mistake("'--fail-if': '0' is neither a number of failures such as 10", "--fail-if=0"),
        mistake("'--fail-if': '101%' is neither a number", "--fail-if=101%"),
        mistake("'--format': 'xml' is not one of text, jsonl, csv, tsv", "-f", "xml"),
        mistake("'threads' is not one of serial, pool, virtual, async", "-s", "threads"),
        mistake("'--fields': there is no field 'colour'", "--fields=url,colour"),
        mistake("'--only': 'all' is not one of ok, failed", "--only=all"),
        mistake("'--summary': 'xml' is not one of text, json, markdown", "--summary=xml"),
        mistake("'--accept': '2xx' is neither a status code nor a range", "--accept=2xx"),
        mistake("'--accept': '300-200' ends before it begins", "--accept=300-200"),
        mistake(
            "--deny-private and --unix-socket cannot be combined",
            "--deny-private",
            "--unix-socket=/s",
            NOWHERE),
        mistake("--header: a colon is missing", "-H", "Accept"),
        mistake("--header: the text before the colon", "-H", "Bad Name: 1"),
        mistake("--header: the value has a control character", "-H", "A: 1\nB: 2"),
        mistake("--header: " + NOWHERE + " cannot be read", "-H", "@" + NOWHERE),
        mistake("'--user-agent': it has a control character", "-A", "a\nb"),
        mistake("'--cookie' (FILE|NAME=VALUE): it has a control character", "-b", "a=b\r\nc: d"),
        mistake("'--cert': the name of the file is empty", "--cert", ":secret"),
        mistake("'--request': 'TWO WORDS' is not a method", "-X", "TWO WORDS"),
        mistake("'--range': 'all' is not a range such as 0-99", "-r", "all"),
        mistake("'--resolve' (HOST:PORT:ADDR): 'a.b' is not", "--resolve", "a.b"),
        mistake("'--resolve' (HOST:PORT:ADDR): ", "--resolve", "a.b:80:nowhere"),
        mistake("--cacert: " + NOWHERE + ": no such file", "--cacert", NOWHERE),
        mistake("--cert: " + NOWHERE + ": no such file", "--cert", NOWHERE + ":a:b"),
        mistake("--proxy: 'ftp' proxies are not supported", "-x", "ftp://127.0.0.1:9"),
        mistake("--proxy: the proxy is not HOST[:PORT]", "-x", "http://a b"),
        mistake("--http1.1 and --http2 cannot be combined", "--http1.1", "--http2"),
        mistake("'--output': the name of the file is empty", "--output="));
  }

  static Stream<Arguments> framingHeaders() {
    return Stream.of(
        mistake("--header: fetch sets Content-Length itself", "-H", "Content-Length: 5"),
        mistake("--header: fetch sets content-length itself", "-H", "content-length : 5"),
        mistake("--header: fetch sets Connection itself", "-H", "Connection: close"),
        mistake(
            "--header: fetch sets TRANSFER-ENCODING itself", "-H", "TRANSFER-ENCODING: chunked"),
        mistake("--header: fetch sets Upgrade itself", "-H", "Upgrade: h2c"),
        mistake("--header: fetch sets TE itself; 'TE:' removes it", "-H", "TE;"));
  }

  static Stream<Arguments> misspellings() {
    return Stream.of(
        mistake("unknown option --worker; did you mean --workers?", "--worker", "3"),
        mistake("unknown option --no-compress; did you mean --no-compressed?", "--no-compress"),
        mistake("not one of serial, pool, virtual, async; did you mean virtual?", "-svirtul"),
        mistake("not one of text, jsonl, csv, tsv; did you mean jsonl?", "--format=josnl"),
        mistake("recovered; did you mean failed?", "--only", "fialed"),
        mistake("not one of bash, zsh, fish; did you mean fish?", "completion", "fihs"),
        mistake("there is no file completoin; did you mean the command", "completoin", "zsh"));
  }

  @ParameterizedTest
  @MethodSource({"mistakes", "framingHeaders", "misspellings"})
  void saysWhichOptionIsWrongAndWhy(String complaint, String... arguments) {
    assertUsageError(InProcess.fetch("http://127.0.0.1:9/", arguments), complaint);
  }

  @Test
  void saysThatAKeyNeedsItsCertificate() {
    assertUsageError(
        InProcess.fetch("http://127.0.0.1:9/", "--key", NOWHERE),
        "--key needs --cert, the certificate that the key belongs to");
  }

  @Test
  void saysThatTheKeyOfACertificateIsMissing() throws IOException {
    Path cert = Files.writeString(directory.resolve("cert.pem"), "no certificate");

    assertUsageError(
        InProcess.fetch("", "--cert", cert.toString(), "--key", NOWHERE),
        "--key: " + NOWHERE + ": no such file");
  }

  @Test
  void saysWhatIsWrongWithCertificateFiles() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");
    Path text = Files.writeString(directory.resolve("text.pem"), "nothing of the kind");

    assertUsageError(
        InProcess.fetch("", "--cacert", empty.toString()),
        "--cacert: " + empty + ": the file is empty");
    assertUsageError(
        InProcess.fetch("", "--cacert", directory.toString()),
        "--cacert: " + directory + ": is a directory");
    assertUsageError(
        InProcess.fetch("", "--cert", text + ":secret"), "--cert: " + text + ": holds no");
  }

  @Test
  void saysThatAFileOfHeadersIsNotText() throws IOException {
    Path file = Files.write(directory.resolve("headers"), new byte[] {'A', ':', (byte) 0xff});

    assertUsageError(InProcess.fetch("", "-H", "@" + file), "the text is not UTF-8");
  }

  @Test
  void saysThatTheEnvironmentNamesAProxyThatCannotBe() {
    Map<String, String> environment = Map.of("http_proxy", "gopher://127.0.0.1");

    assertUsageError(
        InProcess.fetch("".getBytes(StandardCharsets.UTF_8), environment, "-"),
        "the proxy in the environment: 'gopher' proxies are not supported");
  }

  @Test
  void asksForASourceAtATerminal() {
    System.setProperty("fetch.terminals", "012");
    try {
      assertUsageError(InProcess.fetch(""), "no SOURCE: give a file with URLs, a URL, or -");
    } finally {
      System.clearProperty("fetch.terminals");
    }
  }

  @Test
  void neverRepeatsWhatMayBeAPassword() {
    assertThat(InProcess.fetch("", "--password=secret").err()).doesNotContain("secret");
    assertThat(InProcess.fetch("", "-b", "secret").err()).doesNotContain("secret");
    assertThat(InProcess.fetch("", "-H", "Authorization Basic secret:").err())
        .doesNotContain("secret");
    assertThat(InProcess.fetch("", "--cert", "/none:sec:ret").err()).doesNotContain("sec");
    assertThat(InProcess.fetch("", "-x", "ftp://me:secret@127.0.0.1").err())
        .doesNotContain("secret");
    assertThat(InProcess.fetch("", "-x", "http://me:secret@a b").err()).doesNotContain("secret");
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.Document.Example;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of all documents with a shell, where their lists are small and on loopback. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the documented commands in sh")
class DocumentsIT {
  /** Stands for fetch on the path, and notes each exit code with the command line. */
  private static final String RECORDER =
      """
      #!/bin/sh
      "PROGRAM" "$@"
      code=$?
      echo "$code $*" >> "$FETCH_CODES"
      exit $code
      """;

  /** What differs from run to run in text records and the summary. */
  private static final List<Map.Entry<String, String>> VARYING =
      List.of(
          Map.entry("(?m)^(\\S+ \\d+) \\d+\\.\\d{3} ", "$1 SECONDS "),
          Map.entry("[\\d.]+ s elapsed; [\\d.]+ urls/s; p50 \\S+ p95 \\S+ p99 \\S+", "TIMES"));

  @TempDir private Path directory;
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            boolean isRoot = request.getUrl().encodedPath().equals("/");
            return new MockResponse.Builder()
                .code(isRoot ? 200 : 404)
                .body(isRoot ? "a page" : "-".repeat(335))
                .build();
          }
        });
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    Path bin = Files.createDirectories(directory.resolve("target/fetch/bin"));
    executable(bin.resolve("fetch"), RECORDER.replace("PROGRAM", Program.executable().toString()));
    executable(bin.resolve("jq"), "#!/bin/sh\nexit 0\n");
    executable(bin.resolve("zcat"), "#!/bin/sh\ncat \"$@\"\n");
    Files.createDirectories(directory.resolve(".config/fish/completions"));
    for (String list :
        List.of(
            "urls.txt", "endpoints.txt", "rest.txt", "report.pdf", "megabytes.txt", "huge.gz")) {
      Files.writeString(
          directory.resolve(list),
          here("http://127.0.0.1:8000/\nhttp://127.0.0.1:8000/?2\nhttp://127.0.0.1:8000/?3\n"));
    }
    Files.writeString(directory.resolve("items.csv"), "id,lang\n1,en\n");
    Files.writeString(directory.resolve("secrets.netrc"), "machine example.org login me\n");
    Files.writeString(directory.resolve("secret"), "password=secret");
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String here(String text) {
    return text.replace("127.0.0.1:8000", "127.0.0.1:" + server.getPort());
  }

  static Stream<Example> examples() {
    return Document.all().stream()
        .flatMap(page -> page.examples().stream())
        .filter(example -> !example.command().startsWith("mvn "))
        .filter(example -> !example.command().startsWith("cat "))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runAsTheyAreShown(Example example) throws IOException {
    writeLists();
    writeParts(example);
    Path codes = directory.resolve("codes");

    Ended ended = shell(example, codes);

    assertThat(codes).as(ended.err()).isNotEmptyFile();
    assertThat(Files.readAllLines(codes))
        .as(ended.everything())
        .allMatch(line -> line.matches("[01]( .*)?"));
    if (!example.output().isEmpty() && !example.command().startsWith("fetch compare")) {
      assertThat(steady(ended.out())).isEqualTo(steady(here(example.output())));
    }
  }

  /** The lists that the documents show. */
  private void writeLists() throws IOException {
    for (Document page : Document.all()) {
      for (Example example : page.examples()) {
        if (example.command().startsWith("cat ")) {
          Files.writeString(
              directory.resolve(example.command().substring(4)), here(example.output()));
        }
      }
    }
  }

  /** The parts of a list, and records of some; but not where the example makes them. */
  private void writeParts(Example example) throws IOException {
    Files.createDirectory(directory.resolve("out"));
    if (!example.command().contains("fetch split")) {
      Files.createDirectory(directory.resolve("parts"));
      Files.writeString(
          directory.resolve("parts/part-1.jsonl"),
          here("{\"@position\":2,\"url\":\"http://127.0.0.1:8000/\"}\n"));
    }
    if (!example.command().contains("--resume")) {
      for (int n = 0; n < 4; n++) {
        Files.writeString(
            directory.resolve("out/part-" + (1 + n % 2) + ".jsonl"),
            "{\"urlnum\":" + n + ",\"url\":\"http://h/\",\"error\":null}\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
  }

  private Ended shell(Example example, Path codes) throws IOException {
    String command = example.command();
    String merged = command.startsWith("printf") ? "exec 2>&1\n" : "";
    ProcessBuilder shell =
        Program.builder(Path.of("/bin/sh"), "-c", merged + here(command))
            .directory(directory.toFile());
    Map<String, String> environment = shell.environment();
    environment.put("PATH", directory.resolve("target/fetch/bin") + ":" + environment.get("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("XDG_CONFIG_HOME", directory.resolve(".config").toString());
    environment.put("FETCH_CODES", codes.toString());
    if (example.output().isEmpty()) {
      environment.put("FETCH_OPTS", "--retry=0"); // names of hosts that are not there cost no time
    }
    environment.put("FETCH_SHARD", "1/4");
    environment.put("GITHUB_STEP_SUMMARY", directory.resolve("summary.md").toString());
    environment.put("https_proxy", "http://127.0.0.1:1"); // keeps example.org off the network
    environment.put("http_proxy", "http://127.0.0.1:1");
    environment.put("no_proxy", "127.0.0.1");
    return Program.run(shell);
  }

  private static String steady(String text) {
    String steady = text;
    for (Map.Entry<String, String> varying : VARYING) {
      steady = steady.replaceAll(varying.getKey(), varying.getValue());
    }
    return steady;
  }
}

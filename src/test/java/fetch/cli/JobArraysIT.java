package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The documented job arrays fetch a whole list, with the variables that their systems set. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class JobArraysIT {
  private static final Document PAGE = Document.of(Document.PAGES.resolve("shards.md"));
  private static final int ENTRIES = 300;

  /** As many as the documented arrays have; a task without entries ends at once. */
  private static final int TASKS = 64;

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  @TempDir private Path directory;
  private final MockWebServer proxy = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    proxy.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().body("a page").build();
          }
        });
    proxy.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < ENTRIES; n++) {
      list.append(n % 10 == 9 ? "no url " : "http://host" + n % 9 + ".test/").append(n);
      list.append('\n');
    }
    Files.writeString(directory.resolve("urls.txt"), list);
    Files.createDirectory(directory.resolve("out"));
    Ended ended = run(Map.of(), List.of("split", "--shards=" + TASKS, "--out=parts", "urls.txt"));
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private Ended run(Map<String, String> variables, List<String> arguments) throws IOException {
    return run(Program.executable(), variables, arguments);
  }

  private Ended run(Path executable, Map<String, String> variables, List<String> arguments)
      throws IOException {
    ProcessBuilder builder =
        Program.builder(executable, arguments.toArray(String[]::new)).directory(directory.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("http_proxy", "http://127.0.0.1:" + proxy.getPort());
    builder
        .environment()
        .merge("PATH", Program.executable().getParent().toString(), (old, bin) -> bin + ":" + old);
    return Program.run(builder);
  }

  private static String block(String containing) {
    return PAGE.blocks().stream().filter(b -> b.contains(containing)).findFirst().orElseThrow();
  }

  private static List<String> groups(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    for (MatchResult match : pattern.matcher(text).results().toList()) {
      found.add(match.group(1));
    }
    return found;
  }

  private static String after(String key, String text) {
    Matcher matcher =
        Pattern.compile("(?ms)" + Pattern.quote(key) + "\\s*(\\[.*?\\]|[^\\n]*)").matcher(text);
    assertThat(matcher.find()).as(key).isTrue();
    return matcher.group(1);
  }

  private void mergesToTheWholeList() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("merge", "--entries=" + ENTRIES));
    arguments.addAll(List.of("-o", "all.jsonl"));
    for (int shard = 1; shard <= TASKS; shard++) {
      arguments.add("out/part-%02d.jsonl".formatted(shard));
    }
    Ended ended = run(Map.of(), arguments);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).startsWith("300 urls: 270 ok, 30 failed (30 invalid_url); ");
    assertThat(Files.readAllLines(directory.resolve("all.jsonl"))).hasSize(ENTRIES);
  }

  /** The whole array takes a minute, so most tasks run in this process. */
  private void runTask(Map<String, String> variables, List<String> arguments, boolean built)
      throws IOException {
    List<String> here =
        arguments.stream()
            .map(word -> word.replace("/data/", "./"))
            .map(word ->
                built ? word : word.replaceFirst("^(\\./)?(out|parts)/", directory + "/$2/"))
            .toList();
    Ended ended;
    if (built) {
      ended = run(variables, here);
    } else {
      List<String> all = new ArrayList<>(here);
      all.add("--proxy=127.0.0.1:" + proxy.getPort());
      ended = InProcess.fetch(new byte[0], variables, all.toArray(String[]::new));
    }
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void anIndexedJobOfKubernetes() throws IOException {
    String yaml = block("kind: Job");
    List<String> command = groups(QUOTED, after("command:", yaml));
    String shards = groups(QUOTED, after("value:", yaml)).getFirst();

    assertThat(yaml).contains("completionMode: Indexed", "name: FETCH_SHARDS").doesNotContain("\t");
    assertThat(after("completions:", yaml)).isEqualTo(shards).isEqualTo("" + TASKS);
    assertThat(command.getFirst()).isEqualTo("fetch");
    for (int index = 0; index < TASKS; index++) {
      Map<String, String> variables =
          Map.of("JOB_COMPLETION_INDEX", "" + index, "FETCH_SHARDS", shards);
      runTask(variables, command.subList(1, command.size()), index % 16 == 0);
    }
    mergesToTheWholeList();
  }

  @Test
  void anArrayOfSlurm() throws IOException {
    String script = block("#SBATCH");
    assertThat(after("--array=", script)).startsWith("0-63");
    Path file = Files.writeString(directory.resolve("job.sh"), script);
    for (int index = 0; index < TASKS; index++) {
      Map<String, String> variables =
          Map.of(
              "SLURM_ARRAY_TASK_ID",
              "" + index,
              "SLURM_ARRAY_TASK_MIN",
              "0",
              "SLURM_ARRAY_TASK_MAX",
              "63",
              "SLURM_ARRAY_TASK_STEP",
              "1",
              "SLURM_ARRAY_TASK_COUNT",
              "64");
      Ended ended = run(Path.of("/bin/sh"), variables, List.of(file.toString()));
      assertThat(ended.code()).as(ended.err()).isZero();
    }
    mergesToTheWholeList();
  }
}

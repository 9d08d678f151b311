package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What continuous integration runs is what was reviewed. */
class WorkflowsTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");
  private static final Pattern SCRIPT = Pattern.compile("(?m)(?<=^| )\\.ci/[a-z]+");

  @Test
  void pinEachActionByTheHashOfItsCommitAndNameItsVersion() throws IOException {
    List<Path> files = files(WORKFLOWS);
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("uses:")))
          .as(file.toString())
          .isNotEmpty()
          .allMatch(line -> line.matches(" +(- )?uses: [\\w-]+/[\\w-]+@[0-9a-f]{40} # v[0-9.]+"));
    }
  }

  @Test
  void giveEachJobTheRightToReadOnlyUnlessItAsksForMore() throws IOException {
    for (Path file : files(WORKFLOWS)) {
      assertThat(file).content().contains("\npermissions:\n  contents: read\n");
    }
  }

  /** The steps of workflows, which run seldom, and the scripts that they call. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash is not on the path")
  void runScriptsWithoutErrorsOfSyntax() throws IOException, InterruptedException {
    List<String> scripts = new ArrayList<>();
    for (Path file : files(WORKFLOWS)) {
      JsonNode workflow = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
      for (JsonNode job : workflow.get("jobs")) {
        for (JsonNode step : job.get("steps")) {
          if (step.has("run")) {
            scripts.add(step.get("run").asText().replaceAll("\\$\\{\\{.*?}}", "value"));
          }
        }
      }
    }
    assertThat(scripts).hasSizeGreaterThan(8);
    for (Path file : files(Path.of(".ci"))) {
      scripts.add(Files.readString(file));
    }
    for (String script : scripts) {
      Process bash = new ProcessBuilder("bash", "-n", "-c", script).inheritIO().start();
      assertThat(bash.waitFor()).as(script).isZero();
      SCRIPT
          .matcher(script)
          .results()
          .forEach(called -> assertThat(Path.of(called.group())).isExecutable());
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }
}

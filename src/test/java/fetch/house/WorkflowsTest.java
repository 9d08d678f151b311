package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What continuous integration runs is what was reviewed. */
class WorkflowsTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");

  @Test
  void pinEachActionByTheHashOfItsCommitAndNameItsVersion() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(WORKFLOWS)) {
      files = all.toList();
    }
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
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      for (Path file : files.toList()) {
        assertThat(file).content().contains("\npermissions:\n  contents: read\n");
      }
    }
  }
}

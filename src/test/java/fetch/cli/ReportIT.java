package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page about a run of the distribution, however the run ends. */
class ReportIT {
  @TempDir private Path directory;

  @Test
  void isInTheDistribution() throws Exception {
    Path report = directory.resolve("run.html");
    try (Site site = new Site()) {
      Ended ended = Program.run("--report=" + report, site.url("/good"));

      assertThat(ended.code()).isZero();
      assertThat(Files.readString(report)).contains("<dt>ok</dt><dd>1</dd>").endsWith("</html>\n");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
  void isWrittenWhenASignalEndsTheRun() throws Exception {
    Path report = directory.resolve("run.html");
    try (Site site = new Site();
        Program fetch = Program.start("--report=" + report, site.url("/silent"))) {
      site.awaitRequests(1);
      fetch.signal("INT");

      assertThat(fetch.await(Duration.ofMillis(2500)).code()).isEqualTo(130);
      assertThat(Files.readString(report)).contains("stopped by signal 2", "interrupted");
    }
  }

  @Test
  void isWrittenAtTheDeadline() throws Exception {
    Path report = directory.resolve("run.html");
    try (Site site = new Site()) {
      Ended ended = Program.run("--report=" + report, "--deadline=1s", site.url("/silent"));

      assertThat(ended.code()).isEqualTo(ExitCode.DEADLINE);
      assertThat(Files.readString(report)).contains("stopped at the deadline");
    }
  }
}

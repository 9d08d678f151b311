package fetch.compare;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Clock;
import fetch.compare.Trial.Failed;
import fetch.compare.Trial.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against scripts that stand in for fetch. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shell scripts")
class FreshProcessTest {
  private static final String FIGURES =
      "printf 'workers 4\\nurls 2\\nok 1\\n' > \"$FETCH_FIGURES\"\n";

  @TempDir private Path directory;

  private FreshProcess runner(String script, String... arguments) throws IOException {
    Path launcher = Files.writeString(directory.resolve("fetch"), "#!/bin/sh\n" + script);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return new FreshProcess(launcher, List.of(arguments), directory, Clock.system());
  }

  private Trial.Outcome run(String script) throws Exception {
    return runner(script).run(Measurements.POOL_4);
  }

  @Test
  void handsOnSettingAndArguments() throws Exception {
    Path told = directory.resolve("told");
    runner("printf '<%s>' \"$@\" > '" + told + "'", "--user=a b", "--", "a list")
        .run(Measurements.POOL_4);

    assertThat(told).hasContent("<-s><pool><-w><4><--user=a b><--><a list>");
  }

  @Test
  void measuresARunWhateverBecameOfTheUrls() throws Exception {
    for (int code = 0; code <= 1; code++) {
      assertThat(run(FIGURES + "exit " + code))
          .isInstanceOfSatisfying(
              Measured.class,
              run -> {
                assertThat(run.seconds()).isBetween(0.0, 30.0);
                assertThat(run.figures().failed()).isEqualTo(1);
              });
    }
  }

  @Test
  void writesResultsToNowhereAndHasNothingToRead() throws Exception {
    assertThat(run("cat; yes | head -1000000 && " + FIGURES)).isInstanceOf(Measured.class);
  }

  @Test
  void tellsWhatWentWrong() throws Exception {
    assertThat(run("echo noise >&2; echo 'fetch: no such file' >&2; exit 3"))
        .isEqualTo(new Failed(3, "no such file"));
    assertThat(run("exit 70")).isEqualTo(new Failed(70, "it ended with exit code 70"));
    assertThat(run(FIGURES + "exit 4")).isEqualTo(new Failed(4, "the deadline was reached"));
  }

  @Test
  void doesNotTakeTheFiguresOfTheRunBefore() throws Exception {
    FreshProcess runner = runner("[ -e '" + directory + "/again' ] || { " + FIGURES + "}");
    assertThat(runner.run(Measurements.POOL_4)).isInstanceOf(Measured.class);
    Files.createFile(directory.resolve("again"));

    assertThat(runner.run(Measurements.POOL_4))
        .isEqualTo(new Failed(0, "it ended with exit code 0"));
  }

  @Test
  void killsTheRunUnderWay() throws Exception {
    Path begun = directory.resolve("begun");
    ProcessBuilder pipe = new ProcessBuilder("mkfifo", begun.toString());
    assertThat(pipe.start().waitFor()).isZero();
    FreshProcess runner = runner("trap '' INT TERM; echo > '" + begun + "'; exec sleep 1000");
    CompletableFuture<Trial.Outcome> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            outcome.complete(runner.run(Measurements.POOL_4));
          } catch (Exception e) {
            outcome.completeExceptionally(e);
          }
        });
    assertThat(begun).hasContent("\n");
    runner.stop();

    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(Failed.class);
  }

  @Test
  void killsWhatIsStartedAfterwards() throws Exception {
    FreshProcess runner = runner("exec sleep 1000");
    runner.stop();

    assertThat(runner.run(Measurements.POOL_4)).isInstanceOf(Failed.class);
  }
}

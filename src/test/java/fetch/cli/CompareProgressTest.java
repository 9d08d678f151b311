package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.compare.Figures;
import fetch.compare.Progress;
import fetch.compare.Setting;
import fetch.compare.Trial;
import fetch.strategy.StrategyKind;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompareProgressTest {
  private static final Setting POOL = new Setting(StrategyKind.POOL, 4);
  private static final Setting ASYNC = new Setting(StrategyKind.ASYNC, 4);
  private static final Figures FIGURES = Figures.parse(List.of("workers 4", "urls 1", "ok 1"));

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void leaveTheTerminal() {
    System.clearProperty("fetch.terminals");
  }

  private Progress progress(boolean quiet) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CompareProgress(
        new Console(InputStream.nullInputStream(), OutputStream.nullOutputStream(), stream), quiet);
  }

  private static void tell(Progress progress) {
    progress.warmingUp(POOL);
    progress.begins(1, 4, POOL);
    progress.ended(new Trial(POOL, new Trial.Measured(1.5, FIGURES)));
    progress.begins(2, 4, ASYNC);
    progress.ended(new Trial(ASYNC, new Trial.Measured(2.5, FIGURES)));
    progress.begins(3, 4, ASYNC);
    progress.ended(new Trial(ASYNC, new Trial.Failed(70, "a bug")));
    progress.begins(4, 4, POOL);
    progress.over();
  }

  @Test
  void writesALineForEachRun() {
    tell(progress(false));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            fetch: run 1 of 4: pool 4: 1.50 s
            fetch: run 2 of 4: async 4: 2.50 s
            fetch: run 3 of 4: async 4: failed: a bug
            """);
  }

  @Test
  void writesOneLineOverAndOverOnATerminalAndClearsIt() {
    System.setProperty("fetch.terminals", "2");
    tell(progress(false));

    assertThat(err.toString(StandardCharsets.UTF_8).split("\r\033\\[K", -1))
        .containsExactly(
            "",
            "warming up: pool 4",
            "run 1 of 4: pool 4",
            "run 2 of 4: async 4",
            "run 3 of 4: async 4",
            "run 4 of 4: pool 4, 2 s left",
            "");
  }

  @Test
  void canBeQuiet() {
    System.setProperty("fetch.terminals", "2");
    tell(progress(true));

    assertThat(err.size()).isZero();
  }
}

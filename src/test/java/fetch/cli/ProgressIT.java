package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The built program on a terminal. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a pseudo-terminal")
class ProgressIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Program start(Pty pty, String... arguments) throws IOException {
    ProcessBuilder builder = Program.builder(Program.executable(), arguments);
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().remove("COLUMNS");
    Program program =
        Program.startUnread(builder.redirectOutput(pty.device()).redirectError(pty.device()));
    program.input().close();
    return program;
  }

  private String list(String path, int entries) throws IOException {
    String list = (site.url(path) + "\n").repeat(entries);
    return Files.writeString(directory.resolve("list"), list).toString();
  }

  @Test
  void fitsTheTerminalAlsoWhenThatIsResized() throws Exception {
    try (Pty pty = new Pty(150);
        Program fetch = start(pty, "-w4", list("/gate/x", 9))) {
      pty.screen().awaitLastRow("all", row -> row.matches("0/9 0%  0.0/s .* 4 in flight  0 B/s"));
      pty.resize(20);
      pty.screen().awaitLastRow("a part", row -> row.equals("0/9 0%  0.0/s  0 ok"));
      site.openGate();

      assertThat(fetch.exitCode(LONG)).isZero();
      pty.awaitEnd();
      List<String> rows = pty.screen().rows();
      assertThat(rows.subList(0, 9)).allMatch(row -> row.startsWith("200 "));
      assertThat(String.join("", rows.subList(9, rows.size())))
          .startsWith("9 urls: 9 ok, 0 failed; ");
      assertThat(rows.getLast()).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenASignalEndsTheRun() throws Exception {
    try (Pty pty = new Pty(150);
        Program fetch = start(pty, "-w2", list("/silent", 5))) {
      pty.screen().awaitLastRow("progress", row -> row.contains("2 in flight"));
      fetch.signal("INT");

      assertThat(fetch.exitCode(LONG)).isEqualTo(130);
      pty.awaitEnd();
      assertThat(pty.screen().rows()).hasSize(4);
      assertThat(pty.screen().rows().get(2)).startsWith("2 urls: 0 ok, 2 failed (2 interrupted)");
      assertThat(pty.screen().rows().getLast()).isEmpty();
    }
  }
}

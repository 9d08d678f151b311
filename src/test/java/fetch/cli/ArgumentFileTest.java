package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.options.Parser;
import fetch.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {
  @TempDir private Path directory;

  private List<String> read(List<String> arguments) throws UsageException {
    Console console = new Console(System.in, System.out, System.err);
    FetchCommand command = new FetchCommand(console, Map.of());
    Parser parser = command.parser();
    parser.parse(arguments.toArray(String[]::new));
    return parser.words();
  }

  @Test
  void isReadAsTheWordsThatWereWritten() throws Exception {
    List<String> words =
        List.of(
            "--user=me:s'e\"c\\r e\tt",
            "--cookie=a=#b \\\"",
            "--header=X: 'ü' 🐴",
            "--user-agent=",
            "--insecure",
            "#list",
            "a b",
            "http://me:x@127.0.0.1/#a?b&c");

    List<String> arguments = new ArgumentFile(directory).of(words);

    assertThat(arguments).hasSize(1).allMatch(word -> word.startsWith("@"));
    assertThat(read(arguments)).isEqualTo(words);
  }

  @Test
  void isSplitWhereItWouldBeTooLong() throws Exception {
    List<String> words = new ArrayList<>(Collections.nCopies(40, "http://a/" + "ü".repeat(60_000)));
    words.add("two\nlines");

    List<String> arguments = new ArgumentFile(directory).of(words);

    assertThat(arguments).hasSizeGreaterThan(5).contains("two\nlines");
    assertThat(read(arguments)).containsExactlyInAnyOrderElementsOf(words);
    assertThat(new ArgumentFile(directory).of(List.of())).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs file permissions of POSIX")
  void isForThisUserOnly() throws IOException {
    String argument = new ArgumentFile(directory).of(List.of("-k")).getFirst();

    assertThat(Files.getPosixFilePermissions(Path.of(argument.substring(1))))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of files and directories that cannot be made, opened or written. */
class FileMessagesTest {
  @TempDir private Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(directory.resolve("list"), "%%a\n");
    Files.writeString(directory.resolve("file"), "");
    Files.createDirectory(directory.resolve("dir.warc"));
  }

  static Stream<Arguments> places() {
    String bodies = "cannot save bodies: ";
    String results = "cannot write the results: ";
    String metrics = "cannot write the metrics: ";
    String archive = "cannot write the archive: ";
    String tooLong = "x".repeat(300) + ".warc";
    return Stream.of(
        Arguments.of("--save", "file", bodies, "it is not a directory"),
        Arguments.of("--save", "file/x", bodies, "Not a directory"),
        Arguments.of("--save", tooLong, bodies, "File name too long"),
        Arguments.of("--output", "dir.warc", results, "Is a directory"),
        Arguments.of("--output", "file/x", results, "Not a directory"),
        Arguments.of("--output", "none/x", results, "no such file or directory"),
        Arguments.of("--output", tooLong, results, "File name too long"),
        Arguments.of("--metrics", "dir.warc", metrics, "Is a directory"),
        Arguments.of("--metrics", "file/x", metrics, "Not a directory"),
        Arguments.of("--metrics", "none/x", metrics, "no such file or directory"),
        Arguments.of("--metrics", tooLong, metrics, "File name too long"),
        Arguments.of("--warc", "dir.warc", archive, "Is a directory"),
        Arguments.of("--warc", "file/x.warc", archive, "Not a directory"),
        Arguments.of("--warc", "none/x.warc", archive, "no such file or directory"),
        Arguments.of("--warc", tooLong, archive, "File name too long"),
        Arguments.of("--lock", "file/x", "--lock: ", "Not a directory"),
        Arguments.of("--lock", "none/x", "--lock: ", "no such file or directory"),
        Arguments.of("--lock", tooLong, "--lock: ", "File name too long"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void saysWhatCannotBeDoneWithWhichFileAndWhy(
      String option, String name, String what, String why) {
    Path file = directory.resolve(name);
    Ended ended = InProcess.fetch("", "-q", option, "" + file, "" + directory.resolve("list"));

    assertThat(ended.err()).isEqualTo("fetch: " + what + file + ": " + why + "\n");
    assertThat(ended.code())
        .isEqualTo(option.equals("--metrics") ? ExitCode.SOME_FAILED : ExitCode.IO);
  }
}

package fetch.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsFileTest {
  @TempDir private Path directory;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void replacesTheWholeOfTheFile() throws IOException {
    MetricsFile file = new MetricsFile(directory.resolve("fetch.prom"));
    file.write("a long text\n");
    try (InputStream reader = Files.newInputStream(file.path())) {
      file.write("ü\n");

      assertThat(reader.readAllBytes()).asString().isEqualTo("a long text\n");
    }
    assertThat(file.path()).hasContent("ü\n");
    assertThat(names()).containsExactly("fetch.prom");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs file permissions of POSIX")
  void canBeReadByWhoeverReadsNewFiles() throws IOException {
    MetricsFile file = new MetricsFile(directory.resolve("fetch.prom"));
    Path other = Files.writeString(directory.resolve("other"), "");
    file.write("a\n");

    assertThat(Files.getPosixFilePermissions(file.path()))
        .isEqualTo(Files.getPosixFilePermissions(other))
        .contains(PosixFilePermission.OWNER_READ);
  }

  @Test
  void saysWhichFileCannotBeWritten() {
    Path missing = directory.resolve("missing/fetch.prom");

    assertThatThrownBy(() -> new MetricsFile(missing).write("a\n"))
        .isInstanceOf(NoSuchFileException.class)
        .extracting(e -> ((NoSuchFileException) e).getFile())
        .isEqualTo(missing.toString());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows refuses in another way")
  void leavesNothingBesideAFileThatCannotBeReplaced() throws IOException {
    Path taken = Files.createDirectories(directory.resolve("fetch.prom/x")).getParent();

    assertThatThrownBy(() -> new MetricsFile(taken).write("a\n"))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(AccessDeniedException.class)
        .hasMessageStartingWith(taken.toString() + ": ");
    assertThat(names()).containsExactly("fetch.prom");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs symbolic links")
  void leavesALinkALink() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "old\n");
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    new MetricsFile(link).write("new\n");

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new\n");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/null")
  void writesStraightToWhatIsNoFile() throws IOException {
    new MetricsFile(Path.of("/dev/null")).write("a\n");

    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThatThrownBy(() -> new MetricsFile(Path.of("/dev/full")).write("a\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }

  @Test
  void writesIntoTheDirectoryItIsIn() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(directory.resolve("fetch.prom"));
    new MetricsFile(relative).write("a\n");

    assertThat(Files.readString(directory.resolve("fetch.prom"), StandardCharsets.UTF_8))
        .isEqualTo("a\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/fetch.prom, fetch",
    "fetch.prom, fetch",
    "a.b.prom, a.b",
    "x.txt, x.txt",
    ".prom, .prom"
  })
  void callsTheRunAsTheFileIsCalled(Path path, String run) {
    assertThat(new MetricsFile(path).run()).isEqualTo(run);
  }
}

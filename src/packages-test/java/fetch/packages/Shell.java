package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands in a directory. */
final class Shell {
  private static final int MINUTES = 5;

  /** What a command left: its exit code, and all it printed. */
  record Ended(int code, String output) {}

  private final Path directory;
  private final Map<String, String> environment;

  Shell(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** Whether there is a program of this name on the path. */
  static boolean has(String program) {
    return Stream.of(System.getenv("PATH").split(System.getProperty("path.separator"), -1))
        .map(folder -> Path.of(folder, program))
        .anyMatch(Files::isExecutable);
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Runs a command, which must succeed, and returns what it printed. */
  String run(String... command) throws IOException {
    Ended ended = end(command);
    assertThat(ended.code()).as(String.join(" ", command) + "\n" + ended.output()).isZero();
    return ended.output();
  }

  Ended end(String... command) throws IOException {
    Path output = Files.createTempFile(directory, "output", null);
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(?i).*_proxy|FETCH_.*"));
    builder.environment().putAll(environment);
    Process process = builder.redirectInput(Redirect.PIPE).start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " does not end");
      }
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    } finally {
      Files.delete(output);
    }
  }
}

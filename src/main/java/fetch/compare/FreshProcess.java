package fetch.compare;

import fetch.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a setting in its own process, to measure time, processor and memory separately. Discards the
 * records.
 */
public final class FreshProcess implements Runner {
  /** The environment variable that names the file for the figures. */
  public static final String FIGURES = "FETCH_FIGURES";

  private static final double NANOS = 1e9;
  private static final int SOME_FAILED = 1;
  private static final int DEADLINE = 4;
  private static final String PREFIX = "fetch: ";

  private final Path launcher;
  private final List<String> arguments;
  private final Path figures;
  private final Path complaints;
  private final Clock clock;
  private @Nullable Process process;
  private boolean stopped;

  /**
   * @param launcher the executable of fetch
   * @param arguments the arguments that all settings share
   * @param directory for temporary files
   */
  public FreshProcess(Path launcher, List<String> arguments, Path directory, Clock clock) {
    this.launcher = launcher;
    this.arguments = List.copyOf(arguments);
    this.figures = directory.resolve("figures");
    this.complaints = directory.resolve("complaints");
    this.clock = clock;
  }

  @Override
  public Trial.Outcome run(Setting setting) throws IOException, InterruptedException {
    Files.deleteIfExists(figures);
    ProcessBuilder builder = new ProcessBuilder(command(setting));
    builder.environment().put(FIGURES, figures.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(complaints.toFile());
    long start = clock.nanoTime();
    Process started = start(builder);
    int exitCode = started.waitFor();
    return outcome(exitCode, (clock.nanoTime() - start) / NANOS);
  }

  private List<String> command(Setting setting) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(setting.options());
    command.addAll(arguments);
    return command;
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process started = builder.start();
    synchronized (this) {
      process = started;
      if (stopped) {
        kill(started);
      }
    }
    started.getOutputStream().close();
    return started;
  }

  private Trial.Outcome outcome(int exitCode, double seconds) throws IOException {
    if (exitCode == DEADLINE) {
      return new Trial.Failed(exitCode, "the deadline was reached");
    }
    if (exitCode > SOME_FAILED || !Files.exists(figures)) {
      return new Trial.Failed(exitCode, complaint(exitCode));
    }
    return new Trial.Measured(seconds, Figures.parse(Files.readAllLines(figures)));
  }

  /** The last message of the process. */
  private String complaint(int exitCode) throws IOException {
    return Files.readAllLines(complaints).stream()
        .filter(line -> line.startsWith(PREFIX))
        .reduce((_, later) -> later)
        .map(line -> line.substring(PREFIX.length()))
        .orElse("it ended with exit code " + exitCode);
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (process != null) {
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

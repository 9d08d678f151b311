package fetch.cli;

import fetch.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The built program as a process; closing it kills what is left of it. */
final class Program implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Process process;
  private final ByteArrayOutputStream errSoFar = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> err;
  private CompletableFuture<byte[]> out;

  private Program(Process process) {
    this.process = process;
    this.err = readAll(process.getErrorStream(), errSoFar);
  }

  /** The distribution that was built. */
  static Path home() {
    return Path.of(System.getProperty("fetch.home", "target/fetch")).toAbsolutePath();
  }

  static Path executable() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return home().resolve(windows ? "bin/fetch.cmd" : "bin/fetch");
  }

  /** What is to be run; its environment knows no proxy, and none of this person's settings. */
  static ProcessBuilder builder(Path executable, String... arguments) {
    List<String> command = new ArrayList<>(defaultSignals());
    command.add(executable.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).contains("proxy"));
    builder.environment().keySet().removeAll(List.of("FETCH_JAVA_OPTS", "FETCH_OPTS"));
    builder.environment().put("XDG_CONFIG_HOME", MissingPath.FILE.toString());
    return builder;
  }

  /** A test run in the background inherits that SIGINT is ignored; the program must not. */
  private static List<String> defaultSignals() {
    Path status = Path.of("/proc/self/status");
    try {
      boolean ignored =
          Files.exists(status)
              && Files.readAllLines(status).stream()
                  .filter(line -> line.startsWith("SigIgn:"))
                  .anyMatch(
                      line -> (Integer.parseInt(line.substring(line.length() - 1), 16) & 2) > 0);
      return ignored ? List.of("env", "--default-signal=INT") : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the program with nothing on its standard input yet and all it says collected. */
  static Program start(String... arguments) throws IOException {
    return start(builder(executable(), arguments));
  }

  static Program start(ProcessBuilder builder) throws IOException {
    Program program = startUnread(builder);
    program.readOutput();
    return program;
  }

  /** Starts the program with nobody to read its standard output. */
  static Program startUnread(ProcessBuilder builder) throws IOException {
    return new Program(builder.start());
  }

  /** Runs the program without input to its end. */
  static Ended run(String... arguments) throws IOException {
    return run(builder(executable(), arguments));
  }

  static Ended run(ProcessBuilder builder) throws IOException {
    try (Program program = start(builder)) {
      program.input().close();
      return program.await();
    }
  }

  /** Begins to read standard output. */
  void readOutput() {
    out = readAll(process.getInputStream(), new ByteArrayOutputStream());
  }

  long pid() {
    return process.pid();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  void feed(String text) throws IOException {
    input().write(text.getBytes(StandardCharsets.UTF_8));
    input().flush();
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Reads one line of standard output, and nothing beyond it. */
  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = output().read(); c >= 0 && c != '\n'; c = output().read()) {
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Waits until it has said something on standard error, and returns all it has said there. */
  String awaitErr(String text) {
    Eventually.holds(
        "it says " + text, () -> errSoFar.toString(StandardCharsets.UTF_8).contains(text));
    return errSoFar.toString(StandardCharsets.UTF_8);
  }

  /** Kills it at once, by SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    String command = "kill -" + name + " " + process.pid();
    int code = new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new AssertionError(command + " failed");
    }
  }

  Ended await() {
    return await(DEADLINE);
  }

  /** Waits for the end, which must come in time. */
  Ended await(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("fetch is still running after " + deadline);
      }
      return Ended.of(process.exitValue(), out == null ? new byte[0] : out.join(), err.join());
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for the end, whoever reads the results. */
  int exitCode(Duration deadline) throws InterruptedException {
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("fetch is still running after " + deadline);
    }
    return process.exitValue();
  }

  private static CompletableFuture<byte[]> readAll(
      InputStream stream, ByteArrayOutputStream bytes) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            stream.transferTo(bytes);
          } catch (IOException e) {
            // The stream was closed under us at the end of the test.
          }
          all.complete(bytes.toByteArray());
        });
    return all;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

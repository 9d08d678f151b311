package fetch.cli;

import fetch.cli.progress.FakeTerminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs the program within the test's own process, some of its streams a terminal. */
final class AtTerminal {
  static final String STDOUT_TOO = "12";
  static final String STDERR_ONLY = "2";

  private final FakeTerminal terminal = new FakeTerminal(1000);
  private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
  private final String terminals;
  private final Map<String, String> environment = new HashMap<>(Map.of("TERM", "xterm"));
  private String input = "";

  /**
   * @param terminals the numbers of the streams that are one
   */
  AtTerminal(String terminals) {
    this.terminals = terminals;
  }

  /** Sets a variable of the environment, or unsets it with null. */
  AtTerminal with(String name, String value) {
    environment.put(name, value);
    environment.values().removeIf(each -> each == null);
    return this;
  }

  AtTerminal input(String text) {
    input = text;
    return this;
  }

  FakeTerminal terminal() {
    return terminal;
  }

  /** What came out of those of stdout and stderr that are no terminal. */
  String piped() {
    return pipe.toString(StandardCharsets.UTF_8);
  }

  private OutputStream stream(String number) {
    return terminals.contains(number) ? terminal : pipe;
  }

  CompletableFuture<Integer> start(String... arguments) {
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            stream("1"),
            new PrintStream(stream("2"), true, StandardCharsets.UTF_8),
            terminals);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            code.complete(new FetchCommand(console, environment).execute(arguments));
          } catch (RuntimeException | Error e) {
            code.completeExceptionally(e);
          }
        });
    return code;
  }

  int run(String... arguments) {
    return start(arguments).join();
  }

  /** What is to be seen in the end. */
  List<String> rows() {
    return terminal.rows();
  }
}

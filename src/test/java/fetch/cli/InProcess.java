package fetch.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs the program within the test's own process. */
final class InProcess {
  private InProcess() {}

  /**
   * Runs the program to its end.
   *
   * @param input what comes on standard input
   */
  static Ended fetch(String input, String... arguments) {
    return fetch(input.getBytes(StandardCharsets.UTF_8), Map.of(), arguments);
  }

  static Ended fetch(byte[] input, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = new FetchCommand(console, environment).execute(arguments);
    return Ended.of(code, out.toByteArray(), err.toByteArray());
  }
}

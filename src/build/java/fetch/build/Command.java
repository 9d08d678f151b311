package fetch.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a process whose output is shown only if it fails. */
record Command(List<String> words) {
  /** Variables with options for each JVM, which must not affect these processes. */
  private static final List<String> JAVA_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  static Command of(List<String> words) {
    return new Command(List.copyOf(words));
  }

  void run() throws IOException, InterruptedException {
    run(Map.of());
  }

  void run(Map<String, String> environment) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeAll(JAVA_VARIABLES);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException(
          "%s%nended with exit code %d:%n%s".formatted(String.join(" ", words), exitCode, output));
    }
  }
}

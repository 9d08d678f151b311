package fetch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs several command lines in one JVM during the build. The start-up cache of the distribution
 * then contains the classes that they use.
 */
final class Training {
  private Training() {}

  /**
   * The argument is a file with one argument per line, and an empty line after each command line.
   */
  public static void main(String[] args) throws IOException {
    ProcessExit exit = new ProcessExit();
    WarmUp.begin(exit);
    List<String> words = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (!line.isEmpty()) {
        words.add(line);
        continue;
      }
      int exitCode = Main.run(exit, words.toArray(String[]::new));
      if (exitCode > ExitCode.USAGE) {
        throw new IllegalStateException(words + " ended with exit code " + exitCode);
      }
      words.clear();
    }
    System.exit(ExitCode.OK);
  }
}

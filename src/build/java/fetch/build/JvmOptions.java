package fetch.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JVM options of both the launchers and the training of the start-up cache. */
record JvmOptions(List<String> words) {
  static JvmOptions read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return new JvmOptions(
          lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toList());
    }
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}

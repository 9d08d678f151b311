package fetch.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The options that the launchers and the training of the start-up cache have in common. */
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

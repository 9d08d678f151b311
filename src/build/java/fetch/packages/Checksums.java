package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes {@code SHA256SUMS} in the format of sha256sum. */
final class Checksums {
  static final String FILE = "SHA256SUMS";

  private Checksums() {}

  /** Writes it for all other files in the directory, sorted by name. */
  static void write(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> !file.endsWith(FILE)).sorted().toList();
    }
    StringBuilder sums = new StringBuilder();
    for (Path file : files) {
      sums.append(Hash.sha256(file)).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(directory.resolve(FILE), sums);
  }
}

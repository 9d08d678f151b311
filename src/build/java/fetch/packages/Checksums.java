package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code SHA256SUMS}, as sha256sum writes and checks it. */
final class Checksums {
  static final String FILE = "SHA256SUMS";

  private Checksums() {}

  /** Writes it for all other files in the directory, in the order of their names. */
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

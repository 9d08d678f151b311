package fetch.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source files of this project. Tests run in its folder. */
final class Sources {
  private Sources() {}

  static List<Path> all() {
    return in("src");
  }

  /** All but tests: the program, the job on Spark, and what builds and measures them. */
  static List<Path> ofPrograms() {
    return Stream.of("src/main/java", "src/spark/java", "src/build/java", "src/bench/java")
        .flatMap(folder -> in(folder).stream())
        .toList();
  }

  static List<Path> in(String folder) {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the build has made in target. Tests run in the project's directory. */
final class Built {
  static final Path PACKAGES = Path.of("target/packages").toAbsolutePath();

  /** A Maven repository with the engine. */
  static final Path REPOSITORY = Path.of("target/repository").toAbsolutePath();

  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private Built() {}

  /** The package whose file name matches the regular expression. */
  static Path file(String name) throws IOException {
    try (Stream<Path> files = Files.list(PACKAGES)) {
      List<Path> found = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      if (found.size() != 1) {
        throw new AssertionError("one file like " + name + " is wanted: " + found);
      }
      return found.getFirst();
    }
  }

  static String version() throws IOException {
    return element("version");
  }

  /** Under which the engine is in Maven repositories. */
  static String group() throws IOException {
    return element("groupId");
  }

  /** The engine's directory in a Maven repository. */
  static String engine() throws IOException {
    return group().replace('.', '/') + "/fetch-engine/" + version();
  }

  /** The first of this name in the POM. */
  private static String element(String name) throws IOException {
    return Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(name))
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}

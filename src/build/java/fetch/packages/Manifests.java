package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the manifests for Homebrew, Scoop and winget, once the archives of all platforms exist.
 *
 * <p>Run by the release workflow, from source: {@code java Manifests.java PROJECT DIRECTORY VERSION
 * TIME REPOSITORY}. The directory has the file {@code SHA256SUMS}; the manifests go into {@code
 * manifests} there.
 */
final class Manifests {
  private static final Pattern PLACE = Pattern.compile("@SHA256:([^@]+)@");

  private final Release release;
  private final Map<String, String> checksums;

  private Manifests(Release release, Map<String, String> checksums) {
    this.release = release;
    this.checksums = checksums;
  }

  public static void main(String[] args) throws IOException {
    Release release = new Release(args[2], Instant.parse(args[3]), args[4], Path.of(args[0]));
    Path directory = Path.of(args[1]);
    new Manifests(release, checksums(directory.resolve(Checksums.FILE)))
        .write(directory.resolve("manifests"));
  }

  /** The checksums by file name. */
  private static Map<String, String> checksums(Path file) throws IOException {
    Map<String, String> checksums = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" [ *]", 2);
      checksums.put(words[1], words[0]);
    }
    return checksums;
  }

  private void write(Path directory) throws IOException {
    Path templates = release.template("manifests");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(templates)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = directory.resolve(templates.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.writeString(target, filled(Files.readString(file)));
    }
  }

  private String filled(String template) {
    return PLACE
        .matcher(template)
        .replaceAll(this::checksum)
        .replace("@FROM@", release.downloads())
        .replace("@DATE@", release.time().toString().substring(0, "2026-11-28".length()))
        .replace("@VERSION@", release.version())
        .replace("@REPOSITORY@", release.repository());
  }

  private String checksum(MatchResult place) {
    String file = Release.NAME + "-" + release.version() + "-" + place.group(1);
    String checksum = checksums.get(file);
    if (checksum == null) {
      throw new IllegalStateException(Checksums.FILE + " does not have a line for " + file);
    }
    return checksum;
  }
}

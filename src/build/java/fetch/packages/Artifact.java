package fetch.packages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A jar in the local Maven repository.
 *
 * @param classifier distinguishes jars of the same name; may be empty
 */
record Artifact(Path jar, String group, String name, String version, String classifier) {
  static Artifact of(Path jar, Path localRepository) throws IOException {
    Path versions = jar.getParent();
    if (!jar.startsWith(localRepository) || versions.getParent() == null) {
      throw new IOException(jar + " is not in the local repository " + localRepository);
    }
    Path named = versions.getParent();
    String name = named.getFileName().toString();
    String version = versions.getFileName().toString();
    String group =
        localRepository.relativize(named.getParent()).toString().replaceAll("[/\\\\]", ".");
    String start = name + "-" + version;
    String rest = jar.getFileName().toString().substring(start.length());
    return new Artifact(
        jar, group, name, version, rest.replaceFirst("\\.jar$", "").replaceFirst("^-", ""));
  }

  String fileName() {
    return jar.getFileName().toString();
  }

  /** Whether the distribution has its classes or its native code. */
  boolean isIn(Distribution distribution) throws IOException {
    List<String> jars =
        distribution.jars().stream().map(file -> file.getFileName().toString()).toList();
    return jars.contains(fileName()) || isNativeCodeOf(distribution.platform());
  }

  private boolean isNativeCodeOf(Platform platform) {
    String system =
        switch (platform.system()) {
          case "win32" -> "windows";
          case "darwin" -> "osx";
          case String other -> other;
        };
    String processor = platform.processor().equals("x64") ? "x86_64" : "aarch_64";
    return classifier.equals(system + "-" + processor);
  }

  /** The package URL. */
  String purl() {
    return "pkg:maven/"
        + group
        + "/"
        + name
        + "@"
        + version
        + (classifier.isEmpty() ? "" : "?classifier=" + classifier);
  }
}

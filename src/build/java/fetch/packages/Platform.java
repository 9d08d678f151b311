package fetch.packages;

import java.util.Locale;

/**
 * The platform of a package, by its names in npm.
 *
 * @param system {@code linux}, {@code darwin} or {@code win32}
 * @param processor {@code x64} or {@code arm64}
 */
record Platform(String system, String processor) {
  /** The platform of the Java runtime of this build. */
  static Platform current() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = name.startsWith("win") ? "win32" : name.startsWith("mac") ? "darwin" : "linux";
    return new Platform(system, System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64");
  }

  boolean isLinux() {
    return system.equals("linux");
  }

  boolean isWindows() {
    return system.equals("win32");
  }

  /** The name in files of a release, such as {@code linux-x64}. */
  String label() {
    String word =
        switch (system) {
          case "win32" -> "windows";
          case "darwin" -> "macos";
          case String other -> other;
        };
    return word + "-" + processor;
  }

  /** The name of the processor for Debian, Go and container images. */
  String debian() {
    return processor.equals("x64") ? "amd64" : processor;
  }
}

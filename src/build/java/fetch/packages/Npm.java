package fetch.packages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Makes the packages for npm: one for each platform, which npm installs only there, and one that
 * depends on all of them and has the command. Nothing else is downloaded.
 */
final class Npm {
  private static final List<Platform> PLATFORMS =
      List.of(
          new Platform("linux", "x64"),
          new Platform("linux", "arm64"),
          new Platform("darwin", "x64"),
          new Platform("darwin", "arm64"),
          new Platform("win32", "x64"));

  private static final String MANUAL = "man/man1/fetch.1";

  private final Release release;

  private Npm(Release release) {
    this.release = release;
  }

  static List<Path> write(
      Tree program, Tree share, Release release, Platform platform, Path directory)
      throws IOException {
    Npm npm = new Npm(release);
    List<Path> packages = new ArrayList<>();
    packages.add(npm.pack(npm.command(share), Release.NAME, directory));
    Tree files = new Tree().addAll("package", program).addAll("package/share", share);
    files.add("package/package.json", npm.platformManifest(platform));
    packages.add(npm.pack(files, Release.NAME + "-" + platform.label(), directory));
    return packages;
  }

  private Path pack(Tree tree, String name, Path directory) throws IOException {
    Path file = directory.resolve(name + "-" + release.version() + ".tgz");
    Tar.compress(tree, "", release.time(), file);
    return file;
  }

  /** The package with the command, for all platforms. */
  private Tree command(Tree share) {
    Tree.Item manual = Objects.requireNonNull(share.items().get(MANUAL), MANUAL);
    return new Tree()
        .put("package/fetch.1", manual)
        .copy("package/README.md", release.project().resolve("README.md"))
        .copy("package/LICENSE", release.project().resolve("LICENSE"))
        .copy("package/fetch.js", release.template("npm/fetch.js"))
        .add("package/package.json", commandManifest());
  }

  private String commandManifest() {
    String dependencies =
        PLATFORMS.stream()
            .map(platform -> "    \"%s\": \"%s\"".formatted(name(platform), release.version()))
            .collect(Collectors.joining(",\n"));
    return """
    {
      "name": "%s",
      "version": "%s",
      "description": "%s",
      "license": "Apache-2.0",
      "homepage": "%s",
      "repository": { "type": "git", "url": "git+%s.git" },
      "engines": { "node": ">=18" },
      "bin": { "fetch": "fetch.js" },
      "man": ["./fetch.1"],
      "optionalDependencies": {
    %s
      }
    }
    """
        .formatted(
            Release.NAME,
            release.version(),
            Release.SUMMARY,
            release.page(),
            release.page(),
            dependencies);
  }

  private String platformManifest(Platform platform) {
    return """
    {
      "name": "%s",
      "version": "%s",
      "description": "%s: what it needs on %s",
      "license": "Apache-2.0",
      "homepage": "%s",
      "repository": { "type": "git", "url": "git+%s.git" },
      "os": ["%s"],
      "cpu": ["%s"]%s,
      "preferUnplugged": true
    }
    """
        .formatted(
            name(platform),
            release.version(),
            Release.SUMMARY,
            platform.label(),
            release.page(),
            release.page(),
            platform.system(),
            platform.processor(),
            platform.isLinux() ? ",\n  \"libc\": [\"glibc\"]" : "");
  }

  private static String name(Platform platform) {
    return "@" + Release.NAME + "/" + platform.label();
  }
}

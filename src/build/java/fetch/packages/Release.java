package fetch.packages;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The release to package.
 *
 * @param version such as {@code 0.2.0}
 * @param time the time of all files in packages: that of the release, not of the build
 * @param repository owner and name on GitHub
 * @param project the directory of the sources
 */
record Release(String version, Instant time, String repository, Path project) {
  /** The packages' name; the command is {@code fetch}. */
  static final String NAME = "fetch-urls";

  static final String SUMMARY = "bulk URL fetcher that prints one record for each URL";

  String maintainer() {
    String owner = repository.substring(0, repository.indexOf('/'));
    return "The fetch maintainers <" + owner + "@users.noreply.github.com>";
  }

  String page() {
    return "https://github.com/" + repository;
  }

  /** The URL of the release's files. */
  String downloads() {
    return page() + "/releases/download/v" + version;
  }

  /** The name of a platform's files, such as {@code fetch-urls-0.2.0-linux-x64}. */
  String file(Platform platform) {
    return NAME + "-" + version + "-" + platform.label();
  }

  /** A template of the packages. */
  Path template(String name) {
    return project.resolve("src/build/packages").resolve(name);
  }
}

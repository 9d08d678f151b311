package fetch.cli;

import java.nio.file.Path;
import java.util.UUID;

/** Names a file that exists on no machine, in a directory that does not exist either. */
final class MissingPath {
  static final Path FILE =
      Path.of(System.getProperty("java.io.tmpdir"), "missing-" + UUID.randomUUID(), "file");

  private MissingPath() {}
}

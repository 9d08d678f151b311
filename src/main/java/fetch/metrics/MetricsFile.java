package fetch.metrics;

import fetch.file.ReplacedFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a file that may be read at any time: replaces it atomically. It has the default
 * permissions of new files, so that others can read it. A pipe or device is written to directly.
 *
 * @param path of the file
 */
public record MetricsFile(Path path) {
  private static final String SUFFIX = ".prom";

  /** The name of the file without its extension. */
  public String run() {
    String name = String.valueOf(path.getFileName());
    boolean usual = name.endsWith(SUFFIX) && name.length() > SUFFIX.length();
    return usual ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** Writes the file. On failure the file is unchanged. */
  public void write(String text) throws IOException {
    new ReplacedFile(path, false).write(text); // node_exporter ignores the temporary name
  }
}

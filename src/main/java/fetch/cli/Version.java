package fetch.cli;

import fetch.engine.Release;
import fetch.http.OkHttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this program and its libraries. */
final class Version {
  private Version() {}

  static String line() {
    String commit = commit();
    return "fetch "
        + Release.number()
        + (commit.isEmpty() ? " (" : " (commit " + commit + ", ")
        + "Java "
        + System.getProperty("java.version")
        + ", "
        + OkHttpExchange.library()
        + ")";
  }

  /** The commit of the sources according to the build; empty if unknown. */
  private static String commit() {
    try (InputStream file = Version.class.getResourceAsStream("commit")) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the file is in the same jar as this class
    }
  }

  /** The default User-Agent. */
  static String userAgent() {
    return "fetch/" + Release.number();
  }
}

package fetch.cli;

import fetch.engine.Release;
import fetch.http.OkHttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What this program is made of. */
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

  /** Of the sources, as the build found it; empty when it did not. */
  private static String commit() {
    try (InputStream file = Version.class.getResourceAsStream("commit")) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in the same jar as this class
    }
  }

  /** How fetch introduces itself to servers. */
  static String userAgent() {
    return "fetch/" + Release.number();
  }
}

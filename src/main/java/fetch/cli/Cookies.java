package fetch.cli;

import fetch.Clock;
import fetch.cli.options.CookieOptions;
import fetch.cli.options.IoMessages;
import fetch.http.cookie.CookieFile;
import fetch.http.cookie.CookieJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a run: read from files at its start, and written to a file at its end. Safe for
 * many threads.
 *
 * @param jar of the run
 * @param file to write to, null for none
 */
record Cookies(CookieJar jar, @Nullable CookieFile file, Clock clock, AtomicBoolean written) {
  /**
   * Reads the files; null if cookies are not kept. Reports a missing file, unless it is the one to
   * write: it does not exist before the first run.
   */
  static @Nullable Cookies open(CookieOptions options, Clock clock, boolean quiet, Console console)
      throws IOException {
    if (!options.keepsCookies()) {
      return null;
    }
    CookieJar jar = new CookieJar();
    Path target = options.jar();
    for (Path path : options.files()) {
      boolean expected = path.equals(target) && !Files.exists(path);
      if (!expected) {
        read(path, jar, clock.epochMillis(), options, quiet ? null : console);
      }
    }
    return new Cookies(
        jar, target == null ? null : new CookieFile(target), clock, new AtomicBoolean());
  }

  private static void read(
      Path path, CookieJar jar, long now, CookieOptions options, @Nullable Console console)
      throws IOException {
    try {
      int found = new CookieFile(path).read(jar, now, options.junksSessionCookies());
      if (found == 0 && console != null && Files.size(path) > 0) {
        console.say("--cookie: " + path + " has no cookies in Netscape's format");
      }
    } catch (NoSuchFileException e) { // its name may be a cookie without an equals sign
      if (console != null) {
        console.say("--cookie: a file does not exist; starting without its cookies");
      }
    } catch (IOException e) {
      throw new IOException("--cookie: " + IoMessages.of(e), e);
    }
  }

  /** Writes the file, once. */
  void write() throws IOException {
    if (file != null && written.compareAndSet(false, true)) {
      try {
        file.write(jar, clock.epochMillis());
      } catch (IOException e) {
        throw new IOException("cannot write the cookies: " + IoMessages.of(e), e);
      }
    }
  }
}

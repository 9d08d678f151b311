package fetch.cli.options;

import fetch.file.ReplacedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for cookies to send, and for cookie files. */
public final class CookieOptions implements OptionGroup {
  private static final String STREAM = "-";

  private final OptionSpec cookie =
      OptionGroup.option(
              "FILE|NAME=VALUE",
              "Read cookies from this file, in Netscape's format, and keep those that servers"
                  + " set; or send these cookies. Repeatable.",
              "-b",
              "--cookie")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .converters(Converters.of(CookieOptions::cookie))
          .build();
  private final OptionSpec jar =
      OptionGroup.option(
              "FILE", "Write all cookies to this file at the end of the run.", "-c", "--cookie-jar")
          .type(Path.class)
          .converters(Converters.of(CookieOptions::jar))
          .build();
  private final OptionSpec junkSessionCookies =
      OptionGroup.flag(
          "Read no session cookies from the files of --cookie.", "-j", "--junk-session-cookies");

  @Override
  public String heading() {
    return "Cookies";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(cookie, jar, junkSessionCookies);
  }

  /** The options about cookies to send. */
  public List<OptionSpec> sent() {
    return List.of(cookie, junkSessionCookies);
  }

  private List<String> given() {
    @Nullable List<String> given = cookie.getValue();
    return given == null ? List.of() : given;
  }

  private static boolean isFile(String given) {
    return given.indexOf('=') < 0;
  }

  /** The cookies given as text, null for none. */
  public @Nullable String cookies() {
    List<String> pairs = given().stream().filter(text -> !isFile(text)).toList();
    return pairs.isEmpty() ? null : String.join("; ", pairs);
  }

  /** The files to read cookies from, which may be missing. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String text : given()) {
      if (isFile(text) && !text.isEmpty()) {
        files.add(Path.of(text));
      }
    }
    return files;
  }

  /** The file to write cookies to, null for none. */
  public @Nullable Path jar() {
    return jar.getValue();
  }

  /** Whether cookies that servers set are kept for later requests. */
  public boolean keepsCookies() {
    return jar() != null || given().stream().anyMatch(CookieOptions::isFile);
  }

  public boolean junksSessionCookies() {
    return junkSessionCookies.getValue();
  }

  /** Rejects a file that cannot be written, before the run rather than after it. */
  public void check() throws UsageException {
    Path file = jar();
    try {
      if (file != null) {
        new ReplacedFile(file, true).check();
      }
    } catch (IOException e) {
      throw new UsageException("--cookie-jar: " + IoMessages.of(e));
    }
  }

  private static String cookie(String text) {
    if (text.equals(STREAM)) {
      throw new IllegalArgumentException("cookies cannot be read from standard input; use a file");
    }
    String value = Converters.headerValue(text);
    return isFile(value) && !value.isEmpty() ? Converters.path(value).toString() : value;
  }

  private static Path jar(String text) {
    if (text.equals(STREAM)) {
      throw new IllegalArgumentException("standard output has the records; use a file");
    }
    return Converters.path(text);
  }
}

package fetch.cli;

import fetch.FetchRequest;
import fetch.Lack;
import fetch.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/** Says what was thrown that nothing expects, and where, for whoever mends it. */
final class BugReport {
  private BugReport() {}

  /** Of what ends the run. */
  static String of(Throwable thrown) {
    return switch (Lack.behind(thrown)) {
      case MEMORY -> "out of memory: take fewer workers, or give more with FETCH_JAVA_OPTS=-Xmx4g";
      case DESCRIPTORS -> "the limit of open files is too low to run at all: ulimit -n raises it";
      case null ->
          "a bug in fetch, please report it: "
              + Redaction.ofText(root(thrown).toString())
              + "\n"
              + trace(thrown);
    };
  }

  /** Of what costs one entry. */
  static String of(FetchRequest request, Throwable thrown) {
    String entry = "entry " + request.urlnum() + ", " + request.requested().url();
    return switch (Lack.behind(thrown)) {
      case MEMORY -> "out of memory: " + entry;
      case DESCRIPTORS -> "out of file descriptors: " + entry;
      case null -> "a bug in fetch, please report it: " + entry + "\n" + trace(thrown);
    };
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return Version.line()
        + "\n"
        + text.toString().lines().map(Redaction::ofText).collect(Collectors.joining("\n"));
  }
}

package fetch.cli;

import fetch.FetchRequest;
import fetch.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Says what was thrown that nothing expects, and where, for whoever mends it. */
final class BugReport {
  private BugReport() {}

  /** Of what ends the run. */
  static String of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof OutOfMemoryError) {
      return "out of memory: take fewer workers, or give more with FETCH_JAVA_OPTS=-Xmx4g";
    }
    if (root.toString().contains("Too many open files")) {
      return "the limit of open files is too low to run at all: ulimit -n raises it";
    }
    return "a bug in fetch, please report it: " + root + "\n" + trace(thrown);
  }

  /** Of what costs one entry. */
  static String of(FetchRequest request, Throwable thrown) {
    return "a bug in fetch, please report it: entry "
        + request.urlnum()
        + ", "
        + request.requested().url()
        + "\n"
        + trace(thrown);
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return Version.line() + "\n" + Redaction.ofText(text.toString().strip());
  }
}

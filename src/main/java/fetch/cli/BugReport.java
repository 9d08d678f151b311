package fetch.cli;

/** Says in one line what was thrown that nothing expects, and where it struck. */
final class BugReport {
  private BugReport() {}

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
    StackTraceElement[] frames = root.getStackTrace();
    String place = frames.length == 0 ? "" : " at " + frames[0];
    return "a bug in fetch, please report it: " + root + place;
  }
}

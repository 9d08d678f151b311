package fetch.cli;

/** Says in one line that something is a bug of ours, and where it struck. */
final class BugReport {
  private BugReport() {}

  static String of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] frames = root.getStackTrace();
    String place = frames.length == 0 ? "" : " at " + frames[0];
    return "a bug in fetch, please report it: " + root + place;
  }
}

package fetch.http;

/** Reads the causes and messages of exceptions. */
final class Causes {
  private Causes() {}

  /** The cause that has no cause itself. */
  static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Whether the first line of an exception's message contains these words. */
  static boolean says(Throwable e, String words) {
    return message(e).contains(words);
  }

  /** The first line of an exception's message. */
  static String message(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }
}

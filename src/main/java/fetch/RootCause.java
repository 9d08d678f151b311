package fetch;

/** Finds the root cause of an exception. */
public final class RootCause {
  private RootCause() {}

  /** The last exception in the chain of causes. */
  public static Throwable of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}

package fetch;

/** Finds what an exception comes from. */
public final class RootCause {
  private RootCause() {}

  /** The cause that has no cause itself. */
  public static Throwable of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}

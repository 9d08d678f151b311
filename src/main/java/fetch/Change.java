package fetch;

import java.util.Locale;

/** How an entry has changed since an earlier run. */
public enum Change {
  /** The earlier run did not have it. */
  NEW,
  /** It is unchanged. */
  SAME,
  /** It has changed. */
  CHANGED,
  /** It was ok, and the server says that it no longer exists. */
  GONE,
  /** It is not ok for any other reason. */
  FAILED,
  /** It was not ok or was gone, and is ok now. */
  RECOVERED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word in a record's {@code change} field. */
  public String label() {
    return label;
  }
}

package fetch;

import java.util.Locale;

/** What has become of an entry since an earlier run. */
public enum Change {
  /** The earlier run did not have it. */
  NEW,
  /** It is what it was. */
  SAME,
  /** It is something else now. */
  CHANGED,
  /** It was there, and the server says that it is there no more. */
  GONE,
  /** It is not ok, for any other reason. */
  FAILED,
  /** It was not ok, or gone, and is ok now. */
  RECOVERED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word in a record's {@code change} field. */
  public String label() {
    return label;
  }
}

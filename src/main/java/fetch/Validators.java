package fetch;

import org.jspecify.annotations.Nullable;

/**
 * The validators of a representation (RFC 9110, section 8.8), as in the response; null if absent.
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  public static final Validators NONE = new Validators(null, null);

  /** The validators in a response; an empty field counts as absent. */
  public static Validators of(@Nullable String etag, @Nullable String lastModified) {
    String tag = etag == null || etag.isBlank() ? null : etag;
    String date = lastModified == null || lastModified.isBlank() ? null : lastModified;
    return tag == null && date == null ? NONE : new Validators(tag, date);
  }

  /** Returns these validators, completed from others. */
  public Validators or(Validators others) {
    return of(
        etag == null ? others.etag : etag,
        lastModified == null ? others.lastModified : lastModified);
  }
}

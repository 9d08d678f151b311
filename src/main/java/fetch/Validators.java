package fetch;

import org.jspecify.annotations.Nullable;

/**
 * By what a representation is known again (RFC 9110, section 8.8), as the response had it; null
 * where it had nothing.
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  public static final Validators NONE = new Validators(null, null);

  /** Those of a response; a header with nothing in it says nothing. */
  public static Validators of(@Nullable String etag, @Nullable String lastModified) {
    String tag = etag == null || etag.isBlank() ? null : etag;
    String date = lastModified == null || lastModified.isBlank() ? null : lastModified;
    return tag == null && date == null ? NONE : new Validators(tag, date);
  }

  /** These, and where there is nothing, those. */
  public Validators or(Validators others) {
    return of(
        etag == null ? others.etag : etag,
        lastModified == null ? others.lastModified : lastModified);
  }
}

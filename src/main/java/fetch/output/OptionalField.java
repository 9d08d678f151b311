package fetch.output;

import fetch.FetchResult;
import fetch.IncludedBody;
import fetch.Validators;
import java.util.List;

/**
 * A field that a record has only if it has a value.
 *
 * @param field one that may be null or false
 */
public record OptionalField(Field field) implements Column {
  /** All of them, in order. */
  public static final List<OptionalField> ALL =
      List.of(new OptionalField(Field.ETAG), new OptionalField(Field.LAST_MODIFIED));

  /** The fields of a body. */
  public static final List<OptionalField> OF_BODY =
      List.of(new OptionalField(Field.BODY_BASE64), new OptionalField(Field.BODY_TRUNCATED));

  @Override
  public String label() {
    return field.label();
  }

  @Override
  public void write(FetchResult result, ValueWriter out) {
    field.write(result, out);
  }

  /** Whether the record of this result has it. */
  boolean isIn(FetchResult result) {
    Validators validators = result.representation().validators();
    IncludedBody body = result.representation().stored().included();
    if (field == Field.BODY_BASE64) {
      return body != null && body.base64() != null;
    }
    return field == Field.BODY_TRUNCATED
        ? body != null && body.truncated()
        : (field == Field.ETAG ? validators.etag() : validators.lastModified()) != null;
  }
}

package fetch.output;

import fetch.FetchResult;
import fetch.Validators;
import java.util.List;

/**
 * A field that only those records have that have a value for it.
 *
 * @param field {@link Field#ETAG} or {@link Field#LAST_MODIFIED}
 */
public record OptionalField(Field field) implements Column {
  /** All of them, in order. */
  public static final List<OptionalField> ALL =
      List.of(new OptionalField(Field.ETAG), new OptionalField(Field.LAST_MODIFIED));

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
    return (field == Field.ETAG ? validators.etag() : validators.lastModified()) != null;
  }
}

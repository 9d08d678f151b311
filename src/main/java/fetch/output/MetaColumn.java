package fetch.output;

import fetch.FetchResult;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A column or key of the list, copied into the record.
 *
 * @param name of the column or key; null for all of them, as a JSON object
 */
public record MetaColumn(@Nullable String name) implements Column {
  /** All columns and keys. */
  public static final MetaColumn WHOLE = new MetaColumn(null);

  public static final String PREFIX = "meta.";

  @Override
  public String label() {
    return name == null ? "meta" : PREFIX + name;
  }

  @Override
  public void write(FetchResult result, ValueWriter out) {
    Meta meta = result.entry().meta();
    out.text(meta == null ? null : name == null ? MetaJson.text(meta) : text(meta.value(name)));
  }

  private static @Nullable String text(Meta.Value value) {
    return switch (value) {
      case Meta.Value.Text(String text) -> text;
      case Meta.Value.Json(String text) -> text;
    };
  }
}

package fetch.output;

import fetch.FetchResult;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/**
 * What the list says of an entry beside its URL.
 *
 * @param name under which it says so; null for all of it, as a JSON object
 */
public record MetaColumn(@Nullable String name) implements Column {
  /** All of it. */
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

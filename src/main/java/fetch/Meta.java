package fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns or keys of a structured list beside an entry's URL. They are copied into the record,
 * so that no join is needed afterwards.
 *
 * @param names in the order of the list, each once
 * @param values one for each name
 */
public record Meta(List<String> names, List<Value> values) {
  /** A value in the list. */
  public sealed interface Value {
    /** No value. */
    Value NONE = new Text(null);

    /** Text; null if there is none, for instance at the end of a short row. */
    record Text(@Nullable String text) implements Value {}

    /**
     * Any other JSON value (RFC 8259), with numbers as written and without white space.
     *
     * @param text may have control characters from DEL on in its strings
     */
    record Json(String text) implements Value {}
  }

  /** The value of a name; null text if there is no such name. */
  public Value value(String name) {
    int position = names.indexOf(name);
    return position < 0 ? Value.NONE : values.get(position);
  }
}

package fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a structured list says of an entry beside its URL. It goes into the record as it is, so that
 * nobody has to join the two afterwards.
 *
 * @param names in the order of the list, each once
 * @param values one for each name
 */
public record Meta(List<String> names, List<Value> values) {
  /** What a list has under a name. */
  public sealed interface Value {
    /** No value at all. */
    Value NONE = new Text(null);

    /** Text; null when there is none, as at the end of a row that is too short. */
    record Text(@Nullable String text) implements Value {}

    /**
     * Any other JSON value (RFC 8259), with numbers as they were written and no white space.
     *
     * @param text it may have control characters in its strings, from DEL on
     */
    record Json(String text) implements Value {}
  }

  /** The value under a name; a null text when there is no such name. */
  public Value value(String name) {
    int position = names.indexOf(name);
    return position < 0 ? Value.NONE : values.get(position);
  }
}

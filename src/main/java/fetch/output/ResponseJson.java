package fetch.output;

import fetch.Attempt;
import fetch.HeaderField;
import fetch.RedirectStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Formats details of responses as JSON (RFC 8259). */
final class ResponseJson {
  private static final int USUAL_BYTES = 1024;

  private ResponseJson() {}

  /**
   * The header fields, as an object of arrays: the values of each, in the order received. Names
   * that differ only in case are one field (RFC 9110, section 5.1), spelled like the first. Null
   * without a response.
   */
  static @Nullable String headers(@Nullable Attempt attempt) {
    List<HeaderField> fields = attempt == null ? null : attempt.response().headers();
    if (fields == null) {
      return null;
    }
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> names = new ArrayList<>();
    for (HeaderField field : fields) {
      if (!values.containsKey(field.name())) {
        names.add(field.name());
      }
      values.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(field.value());
    }
    ByteBuilder out = new ByteBuilder(USUAL_BYTES);
    char separator = '{';
    for (String name : names) {
      out.append(separator);
      JsonLines.appendString(name, out);
      out.append(":[");
      appendStrings(values.getOrDefault(name, List.of()), out);
      out.append(']');
      separator = ',';
    }
    out.append(names.isEmpty() ? "{}" : "}");
    return out.toString();
  }

  private static void appendStrings(List<String> values, ByteBuilder out) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      JsonLines.appendString(values.get(i), out);
    }
  }

  /** The redirects, as an array. Null without a request. */
  static @Nullable String redirects(@Nullable Attempt attempt) {
    if (attempt == null) {
      return null;
    }
    ByteBuilder out = new ByteBuilder(USUAL_BYTES);
    out.append('[');
    List<RedirectStep> steps = RedirectStep.all(attempt.requests().lastRedirect());
    for (int i = 0; i < steps.size(); i++) {
      out.append(i > 0 ? "," : "");
      append(steps.get(i), out);
    }
    out.append(']');
    return out.toString();
  }

  private static void append(RedirectStep step, ByteBuilder out) {
    out.append("{\"url\":");
    JsonLines.appendString(step.url(), out);
    out.append(",\"status\":");
    out.append(step.status());
    out.append(",\"seconds\":");
    out.appendSeconds(step.nanos(), UnquotedValues.DECIMALS);
    out.append(",\"ip\":");
    if (step.ip() == null) {
      out.append("null");
    } else {
      JsonLines.appendString(step.ip(), out);
    }
    out.append('}');
  }
}

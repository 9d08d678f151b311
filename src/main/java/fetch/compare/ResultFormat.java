package fetch.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats the results of a comparison. */
public enum ResultFormat {
  TEXT {
    @Override
    public String format(ComparisonResults results, Conclusion conclusion) {
      return Table.of(results).text();
    }
  },
  JSON {
    @Override
    public String format(ComparisonResults results, Conclusion conclusion) {
      return json(results, conclusion);
    }
  },
  CSV {
    @Override
    public String format(ComparisonResults results, Conclusion conclusion) {
      return csv(results);
    }
  },
  MARKDOWN {
    @Override
    public String format(ComparisonResults results, Conclusion conclusion) {
      return Table.of(results).markdown();
    }
  };

  /** The whole output, with a final line end. */
  public abstract String format(ComparisonResults results, Conclusion conclusion);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<Map<String, @Nullable Object>> values(ComparisonResults results) {
    return results.rows().stream().map(row -> NamedValues.of(row, results)).toList();
  }

  private static String json(ComparisonResults results, Conclusion conclusion) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("runs_planned", results.planned());
    all.put("runs_done", results.done());
    all.put("settings", values(results));
    all.put("warnings", conclusion.warnings());
    all.put("advice", advice(conclusion.advice()));
    return Json.of(all) + "\n";
  }

  private static @Nullable Map<String, Object> advice(@Nullable Advice advice) {
    if (advice == null) {
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("strategy", advice.setting().strategy().toString());
    values.put("workers", NamedValues.workers(advice.setting()));
    values.put("sentence", advice.sentence());
    values.put("command", advice.command());
    return values;
  }

  private static String csv(ComparisonResults results) {
    StringBuilder csv = new StringBuilder();
    for (Map<String, @Nullable Object> values : values(results)) {
      if (csv.isEmpty()) {
        csv.append(String.join(",", values.keySet())).append('\n');
      }
      csv.append(values.values().stream().map(ResultFormat::cell).collect(Collectors.joining(",")))
          .append('\n');
    }
    return csv.toString();
  }

  /** Quotes a value (RFC 4180). */
  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("[\\w.-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

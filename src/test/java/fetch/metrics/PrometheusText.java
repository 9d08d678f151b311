package fetch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus's text format, version 0.0.4, as strictly as its documentation has it, and holds
 * it to what {@code promtool check metrics} complains of.
 */
public final class PrometheusText {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{(.*)} (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Double> samples = new TreeMap<>();
  private final Set<String> closed = new HashSet<>();
  private String family = "";
  private boolean helped;

  private PrometheusText() {}

  /** Reads a file; fails when it is not as it should be. */
  public static PrometheusText parse(String text) {
    PrometheusText parsed = new PrometheusText();
    assertThat(text).endsWith("\n").doesNotContain("\n\n", "\r");
    text.lines().forEach(parsed::take);
    parsed.checkHistograms();
    return parsed;
  }

  private void take(String line) {
    Matcher comment = COMMENT.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (comment.matches()) {
      takeComment(comment.group(1), comment.group(2), comment.group(3));
    } else {
      assertThat(sample.matches()).as(line).isTrue();
      takeSample(sample.group(1), labels(sample.group(2)), number(sample.group(3)));
    }
  }

  private void takeComment(String kind, String name, String rest) {
    if (kind.equals("HELP")) {
      closed.add(family);
      assertThat(closed).as("one group of lines for each family").doesNotContain(name);
      family = name;
      helped = true;
    } else {
      assertThat(helped && name.equals(family)).as("help before the type of " + name).isTrue();
      assertThat(rest).isIn("counter", "gauge", "histogram");
      assertThat(types.put(name, rest)).as("types of " + name).isNull();
      assertThat(name.endsWith("_total")).as(name).isEqualTo(rest.equals("counter"));
      assertThat(name).doesNotMatch(".*(_count|_sum|_bucket|_milliseconds|_ms|_kb)$|.*[A-Z].*");
    }
  }

  private void takeSample(String name, Map<String, String> labels, double value) {
    boolean histogram = "histogram".equals(types.get(family));
    String stem = histogram ? name.replaceFirst("_(bucket|sum|count)$", "") : name;
    assertThat(stem).as("a sample among those of its family").isEqualTo(family);
    assertThat(types).containsKey(family);
    assertThat(labels.containsKey("le")).isEqualTo(name.endsWith("_bucket"));
    assertThat(samples.put(name + labels, value)).as("twice: " + name + labels).isNull();
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (end < text.length() && label.find(end) && label.start() == end) {
      assertThat(labels.put(label.group(1), unescaped(label.group(2)))).isNull();
      end = label.end();
    }
    assertThat(end).as(text).isEqualTo(text.length());
    return labels;
  }

  private static String unescaped(String value) {
    return ESCAPED
        .matcher(value)
        .replaceAll(
            found -> Matcher.quoteReplacement(found.group(1).equals("n") ? "\n" : found.group(1)));
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private void checkHistograms() {
    types.forEach((name, type) -> {
      if (type.equals("histogram")) {
        checkHistogram(name);
      }
    });
  }

  private void checkHistogram(String name) {
    Map<Double, Double> buckets = new TreeMap<>();
    samples.forEach((key, value) -> {
      if (key.startsWith(name + "_bucket{")) {
        buckets.put(number(key.replaceFirst("(?s).*le=([^,}]*).*", "$1")), value);
      }
    });
    List<Double> counts = new ArrayList<>(buckets.values());
    assertThat(counts).isSorted().isNotEmpty();
    assertThat(buckets).containsKey(Double.POSITIVE_INFINITY);
    assertThat(sum(name + "_count")).isEqualTo(counts.getLast());
    assertThat(sum(name + "_sum")).isNotNegative();
  }

  private double sum(String name) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The value of a sample, such as {@code fetch_urls_total{result=ok, run=x}}. */
  public double value(String sample) {
    assertThat(samples).containsKey(sample);
    return samples.get(sample);
  }

  /** Whether there are samples of this name. */
  public boolean has(String name) {
    return samples.keySet().stream().anyMatch(sample -> sample.startsWith(name + "{"));
  }
}

package fetch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A value for each host: a default, and other values for the hosts that patterns match. Immutable.
 *
 * @param <T> of the values
 */
public final class ByHost<T> {
  private static final String BELOW = "*.";

  private final T usual;
  private final Map<String, T> exact;
  private final Map<String, T> below;

  private ByHost(T usual, Map<String, T> exact, Map<String, T> below) {
    this.usual = usual;
    this.exact = exact;
    this.below = below;
  }

  /** The same value for every host. */
  public static <T> ByHost<T> always(T value) {
    return new ByHost<>(value, Map.of(), Map.of());
  }

  /**
   * A value for each host. Patterns change it in order: shorter ones before longer ones, and exact
   * ones last.
   *
   * @param changes by pattern: {@code example.org}, or {@code *.example.org} for all names below
   *     it; in ASCII
   */
  public static <T> ByHost<T> of(T usual, Map<String, UnaryOperator<T>> changes) {
    List<String> patterns = new ArrayList<>(changes.keySet());
    patterns.sort(ByHost::compare);
    Map<String, T> exact = new HashMap<>();
    Map<String, T> below = new HashMap<>();
    for (String pattern : patterns) {
      String host = undotted(isBelow(pattern) ? pattern.substring(BELOW.length()) : pattern);
      T before = new ByHost<>(usual, Map.of(), below).of(host);
      T changed = changes.getOrDefault(pattern, value -> value).apply(before);
      (isBelow(pattern) ? below : exact).put(host, changed);
    }
    return new ByHost<>(usual, Map.copyOf(exact), Map.copyOf(below));
  }

  /**
   * Returns a copy with other values of some hosts.
   *
   * @param changes by the names of hosts, in lower case; each maps the current value
   */
  public ByHost<T> with(Map<String, UnaryOperator<T>> changes) {
    Map<String, T> changed = new HashMap<>(exact);
    changes.forEach((host, change) -> changed.put(undotted(host), change.apply(of(host))));
    return new ByHost<>(usual, Map.copyOf(changed), below);
  }

  /** Shorter patterns for names below a domain come first, exact ones last. */
  private static int compare(String one, String other) {
    int kinds = Boolean.compare(isBelow(other), isBelow(one));
    return kinds == 0 ? Integer.compare(one.length(), other.length()) : kinds;
  }

  private static boolean isBelow(String pattern) {
    return pattern.startsWith(BELOW);
  }

  /** The name without a trailing dot. */
  private static String undotted(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return HostName.withoutDot(lower);
  }

  /** Whether there is no pattern. */
  public boolean isUniform() {
    return exact.isEmpty() && below.isEmpty();
  }

  /** The value of hosts that no pattern matches. */
  public T usual() {
    return usual;
  }

  /**
   * The value of a host.
   *
   * @param name in lower case
   */
  public T of(String name) {
    if (isUniform()) {
      return usual;
    }
    String host = undotted(name);
    T value = exact.get(host);
    for (int dot = host.indexOf('.'); value == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
      value = below.get(host.substring(dot + 1));
    }
    return value == null ? usual : value;
  }

  /** Maps the values. */
  public <U> ByHost<U> map(Function<T, U> change) {
    return new ByHost<>(change.apply(usual), mapped(exact, change), mapped(below, change));
  }

  private static <T, U> Map<String, U> mapped(Map<String, T> values, Function<T, U> change) {
    Map<String, U> mapped = new HashMap<>();
    values.forEach((host, value) -> mapped.put(host, change.apply(value)));
    return mapped;
  }

  /** Omits the values, which may be secrets. */
  @Override
  public String toString() {
    return "ByHost";
  }
}

package fetch.cli.options;

import fetch.Redaction;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option as it was given, to show or to pass to another run of fetch.
 *
 * @param value null for a flag
 */
public record PassedOption(String name, @Nullable String value) {
  private static final String MASK = "***";

  /** Headers without secrets; any other may contain one. */
  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "content-type",
          "if-modified-since",
          "if-none-match",
          "origin",
          "pragma",
          "range",
          "referer",
          "user-agent");

  /** A value whose position among those of other options matters. */
  interface Placed {
    int position();
  }

  /** Those of the groups' options that were given. */
  public static List<PassedOption> of(List<OptionGroup> groups) {
    List<PassedOption> passed = new ArrayList<>();
    SortedMap<Integer, PassedOption> placed = new TreeMap<>();
    for (OptionGroup group : groups) {
      for (OptionSpec option : group.options()) {
        if (!option.originalStringValues().isEmpty() && !place(option, placed)) {
          add(option, passed);
        }
      }
    }
    passed.addAll(placed.values());
    return passed;
  }

  /** Puts values at their positions; false if the option has no such values. */
  private static boolean place(OptionSpec option, SortedMap<Integer, PassedOption> placed) {
    if (!(option.getValue() instanceof List<?> values && values.getFirst() instanceof Placed)) {
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Placed value) {
        String text = option.originalStringValues().get(i);
        placed.put(value.position(), new PassedOption(option.longestName(), text));
      }
    }
    return true;
  }

  private static void add(OptionSpec option, List<PassedOption> passed) {
    String name = option.longestName();
    List<String> values = option.originalStringValues();
    if (option.arity().max() == 0) {
      boolean on = option.getValue();
      passed.add(new PassedOption(on ? name : name.replaceFirst("^--", "--no-"), null));
    } else if (option.isMultiValue()) {
      values.forEach(value -> passed.add(new PassedOption(name, value)));
    } else {
      passed.add(new PassedOption(name, values.getLast()));
    }
  }

  /** The option for a program. */
  public String word() {
    return value == null ? name : name + "=" + value;
  }

  /** The option for a person to type into a shell; without possible secrets. */
  public String shown() {
    return value == null ? name : name + "=" + ShellWord.of(withoutSecret(value));
  }

  private String withoutSecret(String text) {
    return switch (name) {
      case "--user", "--proxy-user" -> withoutLogin(text);
      case "--cert" -> untilColon(text);
      case "--cookie" -> withoutCookie(text);
      case "--header", "--proxy-header" -> isHarmless(text) ? text : untilColon(text);
      case "--data", "--data-binary", "--json" -> text.startsWith("@") ? text : MASK;
      case "--data-raw", "--oauth2-bearer" -> MASK;
      case "--data-urlencode" -> untilAny("=@", text);
      case "--form" -> withoutContent(text);
      case "--base", "--list", "--proxy", "--url-template", "--socks5", "--socks5-hostname" ->
          Redaction.ofText(text);
      default -> text;
    };
  }

  /**
   * Masks a cookie. A value without an equals sign is a file name, unless there is no such file.
   */
  private static String withoutCookie(String text) {
    int equals = text.indexOf('=');
    boolean file = equals < 0 && new File(text).exists();
    return file ? text : text.substring(0, equals + 1) + MASK;
  }

  /** Keeps the name of a field or file, and masks its content. */
  private static String untilAny(String marks, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '@') {
        return text;
      }
      if (marks.indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i + 1) + MASK;
      }
    }
    return MASK;
  }

  private static String withoutContent(String field) {
    int equals = field.indexOf('=');
    boolean file = field.startsWith("@", equals + 1) || field.startsWith("<", equals + 1);
    return file ? field : field.substring(0, equals + 1) + MASK;
  }

  private static boolean isHarmless(String header) {
    String name = header.substring(0, Math.max(0, header.indexOf(':'))).strip();
    return header.startsWith("@") || HARMLESS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Masks the password, or a user without one, which may be an access token. */
  private static String withoutLogin(String text) {
    int colon = text.indexOf(':');
    boolean hasPassword = colon >= 0 && colon < text.length() - 1;
    return hasPassword ? untilColon(text) : MASK;
  }

  private static String untilColon(String text) {
    int colon = text.indexOf(':');
    return colon < 0 || colon == text.length() - 1 ? text : text.substring(0, colon + 1) + MASK;
  }
}

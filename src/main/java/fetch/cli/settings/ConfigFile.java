package fetch.cli.settings;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code ~/.config/fetch/config}: one option per line, with or without its hyphens, and its
 * value after an equals sign, a colon or a space. A value is quoted, or ends with the line or at a
 * comment.
 */
record ConfigFile(String name, Variables variables) {
  private static final String CONFIG = "--config";

  /**
   * The contents of a config file.
   *
   * @param settings of every run
   * @param sections of hosts
   */
  record Contents(List<Setting> settings, List<Section> sections) {}

  /** The XDG Base Directory Specification says to ignore relative paths. */
  static @Nullable ConfigFile find(Map<String, String> environment) {
    @Nullable String folder = environment.get("XDG_CONFIG_HOME");
    if (folder == null || !new File(folder).isAbsolute()) {
      @Nullable String home = environment.getOrDefault("HOME", environment.get("USERPROFILE"));
      folder = home == null || home.isEmpty() ? null : home + "/.config";
    }
    String name = folder + "/fetch/config";
    return folder != null && new File(name).exists()
        ? new ConfigFile(name, new Variables(environment))
        : null;
  }

  Contents read(Predicate<String> takesValue) throws SettingException {
    List<Setting> general = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    List<Setting> settings = general;
    int number = 0;
    for (String line : new SettingsFile(name).lines()) {
      Origin origin = Origin.line(++number, name);
      String text = line.strip();
      if (text.startsWith("[")) {
        settings = new ArrayList<>();
        sections.add(new Section(host(text, origin), origin, settings));
      } else if (!text.isEmpty() && !text.startsWith("#")) {
        settings.addAll(Grouping.withoutFiles(words(text, origin), takesValue));
      }
    }
    for (Setting setting : general) {
      if (CONFIG.equals(setting.name())) {
        throw setting.origin().complaint("a config file cannot name another with --config");
      }
    }
    return new Contents(general, sections);
  }

  private static String host(String text, Origin origin) throws SettingException {
    String line = withoutComment(text);
    String host = line.substring(1, Math.max(1, line.length() - 1)).strip();
    if (!line.endsWith("]") || host.isEmpty()) {
      throw origin.complaint("a section begins with its host, such as [api.example.org]");
    }
    return host;
  }

  private List<Word> words(String text, Origin origin) throws SettingException {
    int end = 0;
    while (end < text.length() && "=:".indexOf(text.charAt(end)) < 0 && !blank(text, end)) {
      end++;
    }
    String name = text.startsWith("-") ? text.substring(0, end) : "--" + text.substring(0, end);
    @Nullable String value = value(text.substring(end).strip(), origin);
    if (value == null) {
      return List.of(new Word(name, origin, 0));
    }
    return name.startsWith("--")
        ? List.of(new Word(name + "=" + value, origin, 0))
        : List.of(new Word(name, origin, 0), new Word(value, origin, 0));
  }

  private static boolean blank(String text, int at) {
    return Word.isBlank(text.charAt(at));
  }

  private @Nullable String value(String text, Origin origin) throws SettingException {
    if (text.isEmpty() || text.startsWith("#")) {
      return null;
    }
    boolean separated = text.startsWith("=") || text.startsWith(":");
    String value = separated ? text.substring(1).strip() : text;
    if (!value.startsWith("\"") && !value.startsWith("'")) {
      return variables.expand(withoutComment(value), origin);
    }
    List<Word> words = Word.split(value, origin, 0);
    if (words.size() > 1) {
      throw origin.complaint("text follows the quoted value");
    }
    String quoted = words.getFirst().text();
    return value.startsWith("'") ? quoted : variables.expand(quoted, origin);
  }

  private static String withoutComment(String value) {
    for (int i = value.indexOf('#'); i >= 0; i = value.indexOf('#', i + 1)) {
      if (i == 0 || blank(value, i - 1)) {
        return value.substring(0, i).strip();
      }
    }
    return value;
  }
}

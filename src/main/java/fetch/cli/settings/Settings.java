package fetch.cli.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a command: from the config file first, then the variable FETCH_OPTS, and
 * last the command line; the last value of an option counts. Without a config file and variable,
 * this only checks whether the file exists.
 */
public final class Settings {
  static final String VARIABLE = "FETCH_OPTS";

  /** Cancels all settings before it, in the order above. */
  private static final String NO_CONFIG = "--no-config";

  private static final String CONFIG = "--config";

  /** Options that end without a run, and work even if the settings are invalid. */
  public static final Set<String> ALONE = Set.of("-h", "--help", "-V", "--version");

  private final List<String> words;
  private final List<Setting> all;

  private final List<Section> sections;

  private Settings(List<String> words, List<Setting> all, List<Section> sections) {
    this.words = words;
    this.all = all;
    this.sections = sections;
  }

  /**
   * Merges all settings.
   *
   * @param takesValue whether an option, with its hyphens, takes a value
   * @param concerns whether an option that is set for every command belongs to this command
   * @throws SettingException if a setting outside the command line is invalid
   */
  public static Settings of(
      List<String> arguments,
      Map<String, String> environment,
      Predicate<String> takesValue,
      Predicate<String> concerns)
      throws SettingException {
    String variable = environment.getOrDefault(VARIABLE, "");
    ConfigFile config = ConfigFile.find(environment);
    if (config == null && variable.isEmpty() && !haveFile(arguments)) {
      return new Settings(arguments, List.of(), List.of());
    }
    List<Setting> all = Grouping.of(words(arguments), takesValue);
    List<Section> sections = new ArrayList<>();
    if (!isAlone(all)) {
      List<ConfigFile> named = named(all, environment);
      boolean ignored = all.stream().anyMatch(setting -> NO_CONFIG.equals(setting.name()));
      List<Setting> others =
          ignored
              ? others(null, "", named, sections, environment, takesValue)
              : others(config, variable, named, sections, environment, takesValue);
      others.removeIf(setting -> !concerns.test(String.valueOf(setting.name())));
      all.addAll(0, others);
    }
    return new Settings(
        all.stream().flatMap(setting -> setting.words().stream()).toList(),
        all,
        List.copyOf(sections));
  }

  private static boolean isAlone(List<Setting> settings) {
    return settings.stream().anyMatch(Settings::standsAlone);
  }

  /** The config files that options name. */
  private static List<ConfigFile> named(List<Setting> settings, Map<String, String> environment) {
    List<ConfigFile> files = new ArrayList<>();
    for (Setting setting : settings) {
      if (CONFIG.equals(setting.name()) && setting.value() != null) {
        files.add(new ConfigFile(setting.value(), new Variables(environment)));
      }
    }
    return files;
  }

  private static boolean haveFile(List<String> arguments) {
    for (String argument : arguments) {
      if (isFile(argument) || argument.startsWith(CONFIG)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word names an argument file, unless it is an option's value. */
  static boolean isFile(String word) {
    return word.length() > 1 && word.startsWith("@");
  }

  private static List<Word> words(List<String> arguments) {
    List<Word> words = new ArrayList<>();
    for (String argument : arguments) {
      words.add(new Word(argument, Origin.COMMAND_LINE, 0));
    }
    return words;
  }

  private static boolean standsAlone(Setting setting) {
    return setting.name() != null && ALONE.contains(setting.name());
  }

  /** The settings of every run. */
  private static List<Setting> others(
      @Nullable ConfigFile config,
      String variable,
      List<ConfigFile> named,
      List<Section> sections,
      Map<String, String> environment,
      Predicate<String> takesValue)
      throws SettingException {
    List<Setting> ofVariable = Grouping.of(Word.split(variable, Origin.VARIABLE, 0), takesValue);
    boolean configCounts = ofVariable.stream().noneMatch(s -> NO_CONFIG.equals(s.name()));
    List<Setting> others = new ArrayList<>();
    if (config != null && configCounts) {
      read(config, others, sections, takesValue);
    }
    others.addAll(ofVariable);
    List<ConfigFile> files = new ArrayList<>(named(ofVariable, environment));
    files.addAll(named);
    for (ConfigFile file : files) {
      read(file, others, sections, takesValue);
    }
    for (Setting setting : others) {
      check(setting, takesValue);
    }
    return others;
  }

  private static void read(
      ConfigFile file, List<Setting> settings, List<Section> sections, Predicate<String> takesValue)
      throws SettingException {
    ConfigFile.Contents contents = file.read(takesValue);
    settings.addAll(contents.settings());
    sections.addAll(contents.sections());
  }

  private static void check(Setting setting, Predicate<String> takesValue) throws SettingException {
    String name = setting.name();
    if (name == null) {
      throw setting.origin().complaint("only options are allowed here, not sources");
    }
    if (setting.value() == null && takesValue.test(name)) {
      throw setting.origin().complaint("the option " + name + " needs a value");
    }
  }

  /** The complete command line, without argument files. */
  public List<String> words() {
    return words;
  }

  /** The sections of hosts; later ones take precedence. */
  public List<Section> sections() {
    return sections;
  }

  /** Each setting, later ones taking precedence; empty if only the command line has any. */
  public List<Setting> all() {
    return all;
  }
}

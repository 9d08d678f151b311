package fetch.cli.options;

import fetch.cli.settings.Origin;
import fetch.cli.settings.Section;
import fetch.cli.settings.Setting;
import fetch.cli.settings.SettingException;
import fetch.cli.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * Parses the command line together with settings from files and variables. Follows getopt and curl:
 * if an option is given twice, the last value counts; the word after an option is its value,
 * whatever it looks like.
 */
public final class Parser {
  /**
   * Converters that picocli finds by reflection, for times and SQL; finding them takes 12 ms of
   * each start.
   */
  private static final String CONVERTERS_TO_LEAVE_OUT = "picocli.converters.excludes";

  private final OptionNames names;
  private final OptionNames settable;
  private final Map<String, String> environment;
  private final CommandLine commandLine;
  private @Nullable Settings settings;

  /**
   * @param groups the options of the command
   * @param settable the options that settings may have; those that are not of this command are
   *     ignored
   */
  public Parser(
      List<OptionGroup> groups,
      PositionalParamSpec operands,
      List<OptionGroup> settable,
      Map<String, String> environment) {
    this.names = new OptionNames(groups);
    this.settable = new OptionNames(settable);
    this.environment = environment;
    System.setProperty(CONVERTERS_TO_LEAVE_OUT, ".*");
    CommandLine.IFactory lists = new Lists();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this, lists).name("fetch");
    for (OptionGroup group : groups) {
      for (OptionSpec option : group.options()) {
        spec.addOption(option);
      }
    }
    this.commandLine =
        new CommandLine(spec.addPositional(operands), lists)
            .setOverwrittenOptionsAllowed(true)
            .setAllowOptionsAsOptionParameters(true)
            .setExpandAtFiles(false);
  }

  /** Creates the lists of repeated options. picocli's own factory looks for Groovy in every jar. */
  private static final class Lists implements CommandLine.IFactory {
    @Override
    public <T> T create(Class<T> type) {
      return type.cast(new ArrayList<>());
    }
  }

  /** Sets the options and operands. */
  public void parse(String... arguments) throws UsageException {
    Settings merged = merge(List.of(arguments));
    try {
      commandLine.parseArgs(merged.words().toArray(String[]::new));
      settings = merged;
    } catch (ParameterException e) {
      throw new UsageException(whereItFails(merged, e));
    }
  }

  private Settings merge(List<String> arguments) throws UsageException {
    try {
      return Settings.of(arguments, environment, this::takesValue, this::concerns);
    } catch (SettingException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private boolean takesValue(String name) {
    return names.takesValue(name) || settable.takesValue(name);
  }

  /** Whether an option belongs to this command and has its usual meaning there. */
  private boolean concerns(String name) {
    OptionSpec option = settable.find(name);
    return option == null || option.equals(names.find(name));
  }

  /** All options and operands, including those from settings, as words of a command line. */
  public List<String> words() {
    return settings == null ? List.of() : settings.words();
  }

  /** The names of the files with settings. */
  public Set<String> files() {
    Set<String> files = new LinkedHashSet<>();
    for (Setting setting : all()) {
      String file = setting.origin().file();
      if (file != null) {
        files.add(file);
      }
    }
    for (Section section : sections()) {
      files.add(String.valueOf(section.origin().file()));
    }
    return files;
  }

  /** The sections of hosts in config files. */
  public List<Section> sections() {
    return settings == null ? List.of() : settings.sections();
  }

  private List<Setting> all() {
    return settings == null ? List.of() : settings.all();
  }

  /** The complaint about the first setting that fails by itself, with its place. */
  private String whereItFails(Settings merged, ParameterException failure) {
    for (Setting setting : merged.all()) {
      try {
        commandLine.parseArgs(setting.words().toArray(String[]::new));
      } catch (ParameterException e) {
        return isElsewhere(setting)
            ? setting.origin().place() + ": " + UsageMessages.of(e)
            : UsageMessages.of(e);
      }
    }
    return UsageMessages.of(failure);
  }

  private static boolean isElsewhere(Setting setting) {
    return !setting.origin().equals(Origin.COMMAND_LINE);
  }

  /**
   * Appends to a complaint where the options that it names were set, unless on the command line.
   */
  public String withOrigins(String complaint) {
    StringBuilder text = new StringBuilder(complaint);
    for (String word : complaint.split("[^\\w.-]+", -1)) {
      for (Setting setting : all()) {
        if (isElsewhere(setting) && names.areOfOneOption(word, setting.name())) {
          text.append("; ").append(word).append(" comes from ").append(setting.origin().place());
        }
      }
    }
    return text.toString();
  }

  /** Lists all options with their origins, if any is set outside the command line. */
  public List<String> origins() {
    if (sections().isEmpty() && all().stream().noneMatch(Parser::isElsewhere)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(new Origins(names, all(), "").lines());
    Map<String, List<Setting>> ofHosts = new LinkedHashMap<>();
    for (Section section : sections()) {
      ofHosts.computeIfAbsent(section.host(), _ -> new ArrayList<>()).addAll(section.settings());
    }
    ofHosts.forEach((host, settings) ->
        lines.addAll(new Origins(settable, settings, "[" + host + "] ").lines()));
    return lines;
  }
}

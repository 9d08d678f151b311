package fetch.cli.options;

import fetch.cli.settings.Section;
import fetch.engine.HostSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options and host settings to pass to another process. They may be secrets.
 *
 * @param words of a command line
 * @param sections of config files
 */
public record PassedSettings(List<String> words, List<Section> sections) implements Serializable {
  public PassedSettings {
    words = new ArrayList<>(words); // these classes are serializable
    sections = new ArrayList<>(sections);
  }

  /**
   * Collects the parsed options.
   *
   * @param groups the options to pass on
   */
  public static PassedSettings of(Parser parser, List<OptionGroup> groups) {
    return new PassedSettings(
        PassedOption.of(groups).stream().map(PassedOption::word).toList(), parser.sections());
  }

  /**
   * The settings of hosts.
   *
   * @param groups all options
   */
  public Map<String, HostSettings> hosts(List<OptionGroup> groups) throws IOException {
    return new HostSections(sections, new OptionNames(groups)).settings();
  }

  /** Omits everything, as it may be secret. */
  @Override
  public String toString() {
    return "PassedSettings";
  }
}

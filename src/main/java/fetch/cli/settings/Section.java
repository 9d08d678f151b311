package fetch.cli.settings;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A section of a config file: the settings of a host.
 *
 * @param host as the file names it
 * @param origin where the section begins
 */
public record Section(String host, Origin origin, List<Setting> settings) implements Serializable {
  /** The section as lines of a config file, with variables replaced by their values. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("[" + host + "]"));
    for (Setting setting : settings) {
      String value = setting.value();
      lines.add(setting.name() + (value == null ? "" : " = " + quoted(value)));
    }
    return lines;
  }

  /**
   * Quotes a value with single quotes, within which nothing is special and variables are not
   * replaced.
   */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\"'\"'") + "'";
  }
}

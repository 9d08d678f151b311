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
  /** The lines of a config file that say the same, with the values of variables. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("[" + host + "]"));
    for (Setting setting : settings) {
      String value = setting.value();
      lines.add(setting.name() + (value == null ? "" : " = " + quoted(value)));
    }
    return lines;
  }

  /** Single quotes, where nothing has another meaning; what begins so has no variables. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\"'\"'") + "'";
  }
}

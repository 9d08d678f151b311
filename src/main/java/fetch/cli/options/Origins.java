package fetch.cli.options;

import fetch.cli.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Finds where the effective value of each option was set.
 *
 * @param scope prefix of each line, empty for options that apply to all hosts
 */
public record Origins(OptionNames names, List<Setting> settings, String scope) {
  public List<String> lines() {
    Map<OptionSpec, List<Setting>> counting = new LinkedHashMap<>();
    for (Setting setting : settings) {
      OptionSpec option = names.find(setting.name());
      if (option != null) {
        List<Setting> before = counting.remove(option);
        List<Setting> now = before == null || !addsUp(option) ? new ArrayList<>() : before;
        now.add(setting);
        counting.put(option, now);
      }
    }
    List<String> lines = new ArrayList<>();
    counting.forEach((option, list) -> list.forEach(setting -> lines.add(line(option, setting))));
    return lines;
  }

  private static boolean addsUp(OptionSpec option) {
    return option.isMultiValue();
  }

  private String line(OptionSpec option, Setting setting) {
    return scope + shown(option, setting) + " comes from " + setting.origin().place();
  }

  private static String shown(OptionSpec option, Setting setting) {
    String name = String.valueOf(setting.name());
    String full = name.startsWith("--") ? name : option.longestName();
    @Nullable String value = setting.value();
    return value == null ? full : full + "=" + (isFreeText(option) ? "***" : value);
  }

  /** Whether an option's value is free text, which may be a password, a token or a cookie. */
  private static boolean isFreeText(OptionSpec option) {
    return option.auxiliaryTypes()[0].equals(String.class);
  }
}

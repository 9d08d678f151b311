package fetch.cli;

import fetch.cli.options.HelpText;
import fetch.cli.options.OptionGroup;
import java.util.List;

/** The help texts of the commands. */
final class Help {
  private static final String OF_FETCH =
      """
      Usage: fetch [OPTIONS] [SOURCE...]
             fetch compare [OPTIONS] SOURCE...
             fetch split [OPTIONS] --shards=N --out=DIR [SOURCE...]
             fetch merge [OPTIONS] RESULTS...
             fetch summary [OPTIONS] RESULTS...
             fetch completion bash|zsh|fish
      Fetches lists of URLs and prints one record for each.

      SOURCE is a file with one URL per line, - for standard input, or a URL. Without
      SOURCE, fetch reads standard input. The commands have --help: compare compares
      the speed of the strategies, split divides lists into files for many machines,
      merge joins their results, summary adds results up, and completion prints a
      shell completion script.
      """;

  private Help() {}

  static String text(List<OptionGroup> groups) {
    return text(OF_FETCH, groups);
  }

  static String text(String introduction, List<OptionGroup> groups) {
    return HelpText.of(introduction, groups);
  }
}

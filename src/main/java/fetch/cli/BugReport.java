package fetch.cli;

import fetch.ExhaustedResource;
import fetch.FetchRequest;
import fetch.Redaction;
import fetch.RootCause;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.PassedOption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Formats a bug report: the stack trace, the entry, the version and the options.
 *
 * @param groups of the options, formatted only when a report is written
 */
record BugReport(List<OptionGroup> groups) {

  /** The report of an exception that ends the run. */
  String of(Throwable thrown) {
    return switch (ExhaustedResource.behind(thrown)) {
      case MEMORY ->
          "out of memory: use fewer workers, or raise the limit with FETCH_JAVA_OPTS=-Xmx4g";
      case DESCRIPTORS -> "the limit of open files is too low to run; raise it with ulimit -n";
      case null ->
          "a bug in fetch, please report it: "
              + Redaction.ofText(RootCause.of(thrown).toString())
              + "\n"
              + trace(thrown);
    };
  }

  /** The report of an exception that fails one entry. */
  String of(FetchRequest request, Throwable thrown) {
    String entry = "entry " + request.urlnum() + ", " + request.requested().url();
    return switch (ExhaustedResource.behind(thrown)) {
      case MEMORY -> "out of memory: " + entry;
      case DESCRIPTORS -> "out of file descriptors: " + entry;
      case null -> "a bug in fetch, please report it: " + entry + "\n" + trace(thrown);
    };
  }

  private String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    String options =
        PassedOption.of(groups).stream().map(PassedOption::shown).collect(Collectors.joining(" "));
    return Version.line()
        + (options.isEmpty() ? "" : ", " + options)
        + "\n"
        + text.toString().lines().map(Redaction::ofText).collect(Collectors.joining("\n"));
  }
}

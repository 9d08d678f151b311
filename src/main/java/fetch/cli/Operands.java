package fetch.cli;

import fetch.cli.options.UsageException;
import fetch.input.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The sources on the command line: {@code [SOURCE...]}. */
final class Operands {
  private static final String STANDARD_INPUT = "-";

  /**
   * Starts of operands that cannot be files: a scheme, or a choice of schemes for --glob, and two
   * slashes.
   */
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*|\\{[A-Za-z0-9+.,-]*})://");

  private final Console console;

  private final PositionalParamSpec spec =
      PositionalParamSpec.builder()
          .paramLabel("SOURCE")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("0..*")
          .description("A file with a URL on each line, - for standard input, or a URL.")
          .build();

  Operands(Console console) {
    this.console = console;
  }

  PositionalParamSpec spec() {
    return spec;
  }

  /** The sources as given on the command line. */
  List<String> given() {
    @Nullable List<String> given = spec.getValue();
    return given == null ? List.of() : given;
  }

  /**
   * The sources, once the command line is parsed.
   *
   * @param lists of {@code --list}, which follow the others
   */
  List<Source> sources(List<String> lists) throws UsageException {
    List<String> given = given();
    if (given.isEmpty() && lists.isEmpty()) {
      if (console.inIsTerminal()) {
        throw new UsageException("no SOURCE: give a file with URLs, a URL, or - to type them");
      }
      return List.of(standardInput());
    }
    if (Collections.frequency(given, STANDARD_INPUT) + Collections.frequency(lists, STANDARD_INPUT)
        > 1) {
      throw new UsageException("standard input can be read only once, but - is given again");
    }
    List<Source> list = new ArrayList<>();
    for (String argument : given) {
      list.add(source(argument));
    }
    for (String argument : lists) {
      boolean remote = URL.matcher(argument).lookingAt();
      list.add(remote ? new Source.RemoteList(argument, true) : source(argument));
    }
    return list;
  }

  private Source source(String argument) throws UsageException {
    if (argument.equals(STANDARD_INPUT)) {
      return standardInput();
    }
    return URL.matcher(argument).lookingAt() ? new Source.BareUrl(argument) : listFile(argument);
  }

  private Source standardInput() {
    return new Source.StandardInput(console.in());
  }

  private Source listFile(String argument) throws UsageException {
    try {
      return new Source.ListFile(Path.of(argument));
    } catch (InvalidPathException e) {
      throw new UsageException(
          Source.shown(argument) + " is neither a file nor an http or https URL");
    }
  }
}

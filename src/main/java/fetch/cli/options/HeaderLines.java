package fetch.cli.options;

import fetch.HeaderLine;
import fetch.HttpSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses header fields in the values of an option: {@code Name: value}, {@code Name:} to remove
 * one, {@code Name;} for an empty one, {@code @FILE} for the lines of a file.
 *
 * @param option its name, for messages
 */
record HeaderLines(String option) {
  /** The header fields; rejects invalid and framing ones. */
  List<HeaderLine> of(@Nullable List<String> given) throws UsageException {
    List<HeaderLine> lines = new ArrayList<>();
    for (String text : given == null ? List.<String>of() : given) {
      if (text.startsWith("@")) {
        for (String line : lines(text.substring(1))) {
          add(line, lines);
        }
      } else {
        add(text, lines);
      }
    }
    return lines;
  }

  /** The files with header fields. */
  List<Path> files(@Nullable List<String> given) throws UsageException {
    List<Path> files = new ArrayList<>();
    for (String text : given == null ? List.<String>of() : given) {
      if (text.startsWith("@")) {
        files.add(path(text.substring(1)));
      }
    }
    return files;
  }

  private Path path(String name) throws UsageException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw complaint(name + " is not the name of a file");
    }
  }

  private List<String> lines(String name) throws UsageException {
    try {
      return Files.readAllLines(path(name));
    } catch (IOException e) {
      throw complaint(name + " cannot be read: " + IoMessages.of(e));
    }
  }

  private void add(String text, List<HeaderLine> lines) throws UsageException {
    String line = text.strip();
    if (!line.isEmpty()) {
      lines.add(headerLine(line));
    }
  }

  private HeaderLine headerLine(String line) throws UsageException {
    int colon = line.indexOf(':');
    if (colon < 0 && line.endsWith(";")) {
      String name = name(line.substring(0, line.length() - 1));
      checkNotFraming(name);
      return new HeaderLine(name, "");
    }
    if (colon < 0) {
      throw complaint("a colon is missing after the header's name");
    }
    String value = line.substring(colon + 1).strip();
    if (!HttpSyntax.isValue(value)) {
      throw complaint("the value has a control character");
    }
    String name = name(line.substring(0, colon));
    if (value.isEmpty()) {
      return new HeaderLine(name, null);
    }
    checkNotFraming(name);
    return new HeaderLine(name, value);
  }

  private void checkNotFraming(String name) throws UsageException {
    if (HttpSyntax.isFraming(name)) {
      throw complaint("fetch sets " + name + " itself; '" + name + ":' removes it");
    }
  }

  private String name(String name) throws UsageException {
    if (!HttpSyntax.isToken(name.strip())) {
      throw complaint("the text before the colon is not a header name");
    }
    return name.strip();
  }

  private UsageException complaint(String what) {
    return new UsageException(option + ": " + what);
  }
}

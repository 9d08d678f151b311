package fetch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the project's documents, in Markdown.
 *
 * @param text with LF at the ends of its lines
 */
record Document(Path path, String text) {
  static final Path README = Path.of("README.md");
  static final Path PAGES = Path.of("src/site/markdown");

  private static final Pattern FENCED = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```$");
  private static final Pattern INDENTED =
      Pattern.compile("(?m)(?<=\\n\\n)(?: {4}.*\\n(?:\\n(?= {4}))?)+");
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern RUNS_FETCH =
      Pattern.compile("(?m)^(?:.*\\| )?(?:target/fetch/bin/)?fetch (?!compare: ).*$");

  /** A command, or several, and what they print; empty where the page does not show it. */
  record Example(String command, String output) {}

  static Document of(Path path) {
    try {
      return new Document(path, Files.readString(path).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages: README.md, those of the site, and those for contributors. */
  static List<Document> all() {
    return Stream.of(Path.of("."), PAGES, Path.of(".github"))
        .flatMap(directory -> markdown(directory).stream())
        .map(Document::of)
        .toList();
  }

  private static List<Path> markdown(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its blocks of code, without their indentation. */
  List<String> blocks() {
    List<String> blocks = new ArrayList<>();
    FENCED.matcher(text).results().forEach(block -> blocks.add(block.group(1)));
    INDENTED
        .matcher(FENCED.matcher(text).replaceAll(""))
        .results()
        .forEach(block -> blocks.add(block.group().replaceAll("(?m)^ {4}", "")));
    return blocks;
  }

  private String prose() {
    return INDENTED.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("");
  }

  /** The code within its sentences. */
  List<String> spans() {
    return SPAN.matcher(prose()).results().map(span -> span.group(1)).toList();
  }

  /** Where its links lead. */
  List<String> links() {
    return LINK.matcher(SPAN.matcher(prose()).replaceAll("x"))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  /** The names of its headings in links, as GitHub makes them. */
  List<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading ->
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'))
        .toList();
  }

  /** Its commands that run fetch, those within sentences too. */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (String block : blocks()) {
      if (block.startsWith("$ ")) {
        examples.addAll(session(block));
      } else if (RUNS_FETCH.matcher(block).find() && !block.startsWith("Usage: ")) {
        examples.add(new Example(block, ""));
      }
    }
    spans().stream()
        .filter(span -> span.startsWith("fetch ") && !span.matches("fetch \\w+"))
        .forEach(span -> examples.add(new Example(span, "")));
    return examples;
  }

  /** What was typed after {@code $}, and what came out. */
  private static List<Example> session(String block) {
    List<Example> session = new ArrayList<>();
    for (String part : block.split("(?m)^\\$ ", -1)) {
      Matcher end = Pattern.compile("(?<![|\\\\])\\n").matcher(part);
      if (end.find()) {
        session.add(
            new Example(
                part.substring(0, end.start()),
                part.substring(end.end()).replaceAll("\n+$", "\n")));
      }
    }
    return session;
  }
}

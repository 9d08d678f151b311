package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The documents say what the program and the sources say. With {@code -Dupdate=true} this writes
 * the usage and the table of the packages into them.
 */
class DocumentsTest {
  private static final boolean UPDATE = Boolean.getBoolean("update");
  private static final String HOW = "; to update: mvn test -Dtest=DocumentsTest -Dupdate=true";

  private static final Path OPTIONS = Document.PAGES.resolve("options.md");
  private static final Path SHARDS = Document.PAGES.resolve("shards.md");
  private static final Path ARCHITECTURE = Document.PAGES.resolve("architecture.md");
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Pattern USAGE = Pattern.compile("(?ms)(?<=^```\\n)Usage: fetch.*?(?=^```$)");
  private static final Pattern PACKAGES =
      Pattern.compile("(?<=\\| package \\| contents \\|\\n\\|---\\|---\\|\\n)(?:\\| .*\\n)*");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w-])--?(\\[no-\\])?[A-Za-z0-9][\\w.-]*");
  private static final Pattern ARGUMENTS = Pattern.compile("(?:^|[\\s/(])fetch ([^|&;>#)\\n]*)");

  @Test
  void showTheHelpTextAsItIs() throws IOException {
    assertUpToDate(OPTIONS, USAGE, InProcess.fetch("", "--help").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"split", "merge", "summary"})
  void showTheHelpTextsOfCommandsAsTheyAre(String command) throws IOException {
    Pattern usage = Pattern.compile("(?ms)(?<=^```\\n)Usage: fetch " + command + ".*?(?=^```$)");
    assertUpToDate(SHARDS, usage, InProcess.fetch("", command, "--help").out());
  }

  @Test
  void haveOneRowForEachPackageInTheWordsOfItsPackageInfo() throws IOException {
    assertUpToDate(ARCHITECTURE, PACKAGES, packages());
  }

  private static void assertUpToDate(Path page, Pattern part, String expected) throws IOException {
    String text = Document.of(page).text();
    Matcher matcher = part.matcher(text);
    assertThat(matcher.find()).as("%s has a part like %s", page, part).isTrue();
    if (UPDATE) {
      Files.writeString(page, matcher.replaceFirst(Matcher.quoteReplacement(expected)));
    } else {
      assertThat(matcher.group()).as(page + HOW).isEqualTo(expected);
    }
  }

  private static String packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .map(DocumentsTest::row)
          .collect(Collectors.joining());
    }
  }

  private static String row(Path directory) {
    String source = Document.of(directory.resolve("package-info.java")).text();
    String comment = source.substring(source.indexOf("/**") + 3, source.indexOf("*/"));
    String text =
        comment
            .replaceAll("\\n \\*", " ")
            .replaceAll("\\{@\\w+ ([^}]*)\\}", "`$1`")
            .replaceAll("\\s+", " ")
            .split("<", 2)[0]
            .strip();
    String name = SOURCES.relativize(directory).toString().replaceAll("[/\\\\]", ".");
    return "| `" + name + "` | " + text + " |\n";
  }

  @Test
  void nameOnlyOptionsThatExist() {
    Set<String> known = new TreeSet<>();
    for (String[] help :
        new String[][] {
          {"--help"},
          {"compare", "--help"},
          {"split", "--help"},
          {"merge", "--help"},
          {"summary", "--help"}
        }) {
      NAME.matcher(InProcess.fetch("", help).out()).results().forEach(name -> add(known, name));
    }
    assertThat(known).contains("-w", "--workers", "--no-location", "--http1.1", "--runs");

    for (Document page : Document.all()) {
      Set<String> used = new TreeSet<>();
      options(page)
          .forEach(text ->
              Stream.of(text.split("[\\s=]"))
                  .filter(word -> NAME.matcher(word).matches())
                  .forEach(word -> used.add(word.startsWith("--") ? word : word.substring(0, 2))));
      page.blocks().stream()
          .filter(block -> block.startsWith("Usage: spark-submit")) // and has options of its own
          .forEach(
              block -> NAME.matcher(block).results().forEach(name -> used.remove(name.group())));
      assertThat(known).as(page.path().toString()).containsAll(used);
    }
  }

  private static void add(Set<String> names, MatchResult name) {
    String text = name.group().replaceAll("\\.$", "");
    if (name.group(1) != null) {
      names.add(text.replace("[no-]", "no-"));
      names.add(text.replace("[no-]", ""));
    } else {
      names.add(text);
    }
  }

  /** Everything in code that may have options of fetch. */
  private static List<String> options(Document page) {
    List<String> options = new ArrayList<>();
    page.spans().stream().filter(span -> span.startsWith("-")).forEach(options::add);
    Stream.concat(page.blocks().stream(), page.spans().stream())
        .filter(block -> !block.startsWith("Usage: "))
        .forEach(block ->
            ARGUMENTS.matcher(block).results().forEach(found -> options.add(found.group(1))));
    return options;
  }

  @Test
  void linkToWhatIsThere() {
    for (Document page : Document.all()) {
      for (String link : page.links()) {
        String[] parts = link.split("#", 2);
        if (!parts[0].contains("://")) {
          Path target =
              parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
          assertThat(target).as("link %s in %s", link, page.path()).exists();
          if (parts.length == 2) {
            assertThat(Document.of(target).anchors())
                .as("link %s in %s", link, page.path())
                .contains(parts[1]);
          }
        }
      }
    }
  }

  @Test
  void areAllLinkedFromTheReadme() {
    assertThat(Document.of(Document.README).links())
        .containsAll(
            Document.all().stream()
                .map(Document::path)
                .filter(path -> path.startsWith(Document.PAGES))
                .map(path -> path.toString().replace('\\', '/'))
                .toList());
  }

  @Test
  void beginWithAReadmeOfTwoHundredLinesAtMost() {
    assertThat(Document.of(Document.README).text().lines().count()).isLessThanOrEqualTo(200);
  }
}

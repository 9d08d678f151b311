package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whose the project is on GitHub: the property {@code github.owner} in {@code pom.xml} says it for
 * all files. With {@code -Dupdate=true} the test writes it where a file cannot refer to it.
 */
class OwnerTest {
  private static final Path POM = Path.of("pom.xml");
  private static final Pattern PROPERTY = Pattern.compile("<github.owner>([\\w-]+)</github.owner>");

  /** The Maven group, and the repository, where nothing replaces a property. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(io\\.github\\.|github\\.com/|--repo )[\\w-]+(</groupId>|:fetch-engine|/fetch\\b)");

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(POM, Path.of("README.md")));
    for (String folder : List.of(".github", "src/site/markdown")) {
      try (Stream<Path> pages = Files.list(Path.of(folder))) {
        pages.filter(page -> page.toString().endsWith(".md")).forEach(files::add);
      }
    }
    return files;
  }

  @Test
  void isTheSameInCoordinatesAndDocuments() throws IOException {
    Matcher property = PROPERTY.matcher(Sources.text(POM));
    assertThat(property.find()).isTrue();
    int places = 0;
    for (Path file : files()) {
      String text = Sources.text(file);
      Matcher place = PLACE.matcher(text);
      String right = place.replaceAll("$1" + property.group(1) + "$2");
      places += (int) place.reset().results().count();
      if (Boolean.getBoolean("update")) {
        Files.writeString(file, right);
      } else {
        assertThat(text).as(file.toString()).isEqualTo(right);
      }
    }
    assertThat(places).isGreaterThan(4);
  }

  @Test
  void isInNoSource() throws IOException {
    String owner = PROPERTY.matcher(Sources.text(POM)).results().findFirst().orElseThrow().group(1);
    Pattern named = Pattern.compile("(github\\.com/|io[./]github[./]|git@)" + owner);

    for (Path file : Sources.all()) {
      assertThat(named.matcher(Sources.text(file)).find()).as(file.toString()).isFalse();
    }
  }
}

package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about Spark shows the usage; with {@code -Dupdate=true} this writes it there. */
class SparkPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/spark.md");
  private static final Pattern USAGE = Pattern.compile("(?<=```\\n)Usage: [\\s\\S]*?(?=```)");

  @Test
  void showsTheOptionsOfJobs() throws IOException {
    String page = Files.readString(PAGE);
    Matcher usage = USAGE.matcher(page);
    String help = JobOptions.parse(Map.of(), List.of("--help")).help();
    String expected = help.substring(0, help.indexOf("\nStrategy:"));

    assertThat(usage.find()).isTrue();
    if (Boolean.getBoolean("update")) {
      Files.writeString(PAGE, usage.replaceFirst(Matcher.quoteReplacement(expected)));
    } else {
      assertThat(usage.group()).isEqualTo(expected);
    }
  }
}

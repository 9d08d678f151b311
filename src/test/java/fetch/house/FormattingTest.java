package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All sources have one format; with {@code -Dformat=true} this gives it to them. */
class FormattingTest {
  private static final boolean FORMAT = Boolean.getBoolean("format");

  private final Formatter formatter = new Formatter();

  @Test
  void everySourceIsAsGoogleJavaFormatHasIt() {
    List<Path> unformatted = Sources.all().stream().filter(file -> !isFormatted(file)).toList();

    assertThat(unformatted)
        .as("sources without format; to format all: mvn test -Dtest=FormattingTest -Dformat=true")
        .isEmpty();
  }

  private boolean isFormatted(Path file) {
    String source = Sources.text(file);
    try {
      String formatted = StringWrapper.wrap(formatter.formatSourceAndFixImports(source), formatter);
      if (FORMAT && !formatted.equals(source)) {
        Files.writeString(file, formatted);
      }
      return FORMAT || formatted.equals(source);
    } catch (FormatterException | IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}

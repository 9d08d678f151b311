package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JVM does not say when an option names a method that is gone. */
class JvmOptionsTest {
  private static final Pattern METHOD =
      Pattern.compile("-XX:CompileCommand=\\w+,([\\w.]+)::(\\w+),.*");

  @Test
  void methodsWithOptionsOfTheirOwnExist() throws Exception {
    List<Matcher> named = named();
    assertThat(named).isNotEmpty();
    for (Matcher method : named) {
      assertThat(Arrays.stream(Class.forName(method.group(1)).getDeclaredMethods()))
          .as(method.group())
          .anyMatch(declared -> declared.getName().equals(method.group(2)));
    }
  }

  private static List<Matcher> named() throws IOException {
    return Files.readAllLines(Path.of("src/main/dist/jvm.options")).stream()
        .map(METHOD::matcher)
        .filter(Matcher::matches)
        .toList();
  }
}

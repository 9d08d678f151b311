package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fetch.FailureKind;
import fetch.cli.options.OptionGroup;
import fetch.output.Field;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page is complete, and in the language of manual pages. */
class ManualTest {
  /** The requests of roff and the macros of man(7) that it uses. */
  private static final Set<String> KNOWN =
      Set.of(
          ".\\\"", ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".BR", ".RI", ".IR", ".RS", ".RE",
          ".nf", ".fi", ".br");

  private static String page;

  @BeforeAll
  static void complete() throws IOException {
    page = Manual.complete(Files.readString(Path.of("src/main/dist/share/man/man1/fetch.1")));
  }

  private static String escaped(String text) {
    return text.replace("-", "\\-");
  }

  @Test
  void describesEveryOption() {
    FetchCommand command =
        new FetchCommand(new Console(System.in, System.out, System.err), Map.of());
    for (OptionGroup group : command.groups()) {
      assertThat(page).contains("\n.SS " + group.heading() + "\n");
      for (OptionSpec option : group.options()) {
        for (String name : option.names()) {
          assertThat(page).containsPattern("\\\\fB\\Q" + escaped(name) + "\\E\\\\fR");
        }
      }
    }
    assertThat(page).contains("\\fB\\-\\-no\\-location\\fR").contains(".SS fetch completion\n");
  }

  @Test
  void describesEveryFieldErrorAndExitCode() throws IllegalAccessException {
    Stream<String> words =
        Stream.concat(
            Stream.of(Field.values()).map(Field::label),
            Stream.of(FailureKind.values()).map(FailureKind::label));
    assertThat(words)
        .allSatisfy(word ->
            assertThat(page)
                .containsPattern("(?m)^\\.BR? (.*\", \" )?\\Q" + word + "\\E( \".*)?$"));
    for (java.lang.reflect.Field code : ExitCode.class.getDeclaredFields()) {
      if (Modifier.isStatic(code.getModifiers()) && code.getType() == int.class) {
        assertThat(page).contains("\n.B " + code.getInt(null) + "\n");
      }
    }
  }

  @Test
  void hasTheSectionsThatPeopleLookFor() {
    assertThat(page.lines().filter(line -> line.startsWith(".SH ")))
        .startsWith(".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS")
        .contains(".SH EXIT STATUS", ".SH ENVIRONMENT", ".SH FILES", ".SH EXAMPLES");
    assertThat(page).doesNotContainPattern("@[A-Z]+@");
  }

  @Test
  void isWrittenInTheLanguageOfManualPages() {
    assertThat(page.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
        .allMatch(line -> KNOWN.contains(line.split(" ", 2)[0]));
    assertThat(page.lines()).noneMatch(String::isEmpty);
    assertThat(page).isASCII().doesNotContainPattern("\\\\[^\\-fe(&\"]");
    assertThat(page.lines()).noneMatch(line -> line.endsWith(" "));
  }

  /** Command lines are not broken, and two indentations leave 66 of 80 columns for them. */
  @Test
  void fitsATerminal() {
    String[] examples = page.split("\n\\.nf\n", -1);

    assertThat(examples).hasSizeGreaterThan(1);
    for (int i = 1; i < examples.length; i++) {
      assertThat(examples[i].split("\n\\.fi\n", 2)[0].replace("\\-", "-").lines())
          .allMatch(line -> line.length() <= 66);
    }
  }

  @Test
  void pleasesTheProgramThatShowsIt() throws IOException {
    Path groff = Path.of("/usr/bin/groff");
    assumeTrue(Files.isExecutable(groff), "needs groff");
    Process process =
        new ProcessBuilder(List.of(groff.toString(), "-man", "-ww", "-Tascii", "-z"))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
  }
}

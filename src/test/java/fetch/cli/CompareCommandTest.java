package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.options.OptionGroup;
import fetch.cli.options.PassedOption;
import fetch.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;

class CompareCommandTest {
  private static final String HELP = InProcess.fetch("", "compare", "--help").out();

  @TempDir private Path directory;

  private static CompareCommand command() {
    Console console = new Console(System.in, System.out, System.err);
    return new CompareCommand(new FetchCommand(console, Map.of()).groups(), console, Map.of());
  }

  /** A command that has parsed these arguments. */
  static CompareCommand parsed(String... arguments) {
    CompareCommand command = command();
    try {
      command.parser().parse(arguments);
    } catch (UsageException e) {
      throw new AssertionError(e);
    }
    return command;
  }

  @Test
  void hasAHelpTextOfItsOwnInEightyColumns() {
    assertThat(HELP).startsWith("Usage: fetch compare [OPTIONS] SOURCE...\n");
    assertThat(HELP.lines()).allMatch(line -> line.length() <= 80);
    for (OptionGroup group : command().groups()) {
      assertThat(HELP).contains("\n" + group.heading() + ":\n");
      for (OptionSpec option : group.options()) {
        assertThat(HELP.replace("[no-]", "")).contains(option.names());
      }
    }
  }

  @Test
  void hasNoOptionThatWouldComeToNothing() {
    assertThat(HELP).doesNotContain("--output", "--save", "--summary", "--fail-if", "--strategy=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--strategies=serial,viritual; '--strategies': 'viritual' is not one of serial,"
            + " pool, virtual,",
        "-wall; '--workers': 'all' is not a whole number from 1 to 100000",
        "-w4,,8; '--workers': '' is not a whole number",
        "-w4,0; '--workers': '0' is not a whole number from 1 to 100000",
        "--runs=0; '--runs': '0' is not a whole number from 1 to 1000",
        "--sample=0; '--sample': '0' is not a whole number of at least 1",
        "--pause=soon; '--pause': 'soon' is not a time such as",
        "-fhtml; '--format': 'html' is not one of text, json, csv, markdown",
        "--strategy=pool; unknown option --strategy; did you mean --strategies?",
      })
  void namesWhatIsWrong(String argument, String complaint) {
    Ended ended = InProcess.fetch("", "compare", argument, "http://127.0.0.1:9/");

    assertThat(ended.err()).startsWith("fetch: ").contains(complaint);
    assertThat(ended.err()).endsWith("\nTry 'fetch compare --help' for usage.\n");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void comparesAFewUsualSettingsUnlessToldOtherwise() {
    assertThat(parsed().comparison.plan().settings())
        .hasToString(
            "[serial, pool 4, pool 8, pool 16, pool 32, virtual 4, virtual 8, virtual 16,"
                + " virtual 32, async 4, async 8, async 16, async 32]");
    assertThat(parsed("-s", "Pool, serial", "-w 8,4,8").comparison.plan().settings())
        .hasToString("[pool 8, pool 4, serial]");
    assertThat(parsed("-s", "virtual,serial", "-w=16,auto").comparison.plan().settings())
        .hasToString("[virtual 16, virtual auto, serial]");
  }

  @Test
  void makesSureAtOnceThatTheReportCanBeWritten() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), "http://127.0.0.1:9/");
    Ended intoTheList = InProcess.fetch("", "compare", "--report", list.toString(), "" + list);
    Ended nowhere =
        InProcess.fetch("", "compare", "--report", directory + "/none/x.html", list.toString());

    assertThat(intoTheList.err())
        .startsWith("fetch: --report: it would write to the list that is read, " + list);
    assertThat(list).hasContent("http://127.0.0.1:9/");
    assertThat(nowhere.err()).startsWith("fetch: --report: " + directory + "/none/x.html: no such");
    assertThat(List.of(intoTheList.code(), nowhere.code())).containsOnly(ExitCode.USAGE);
  }

  @Test
  void saysWhatIsMissingOutsideOfADistribution() {
    Ended ended = InProcess.fetch("", "compare", "http://127.0.0.1:9/");

    assertThat(ended.err()).contains("does not exist; compare needs it to start fetch");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @Test
  void isNoCommandUnlessItComesFirst() {
    Ended ended = InProcess.fetch("", "-q", "compare");

    assertThat(ended.err()).contains("compare: no such file");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @Test
  void handsOnWhatItWasGivenAsItWas() {
    CompareCommand command =
        parsed(
            "-kL",
            "--no-compressed",
            "-m",
            "5",
            "-m",
            "6",
            "-H",
            "A: b",
            "--header=C:d",
            "--limit",
            "7",
            "--rate",
            "50/s",
            "--accept=200",
            "--retry-on-http-error=5xx",
            "--resolve",
            "a:80:127.0.0.1",
            "--hash=md5,sha512",
            "-w",
            "4",
            "-q");

    assertThat(command.passedOptions())
        .extracting(PassedOption::word)
        .containsExactlyInAnyOrder(
            "--insecure",
            "--location",
            "--no-compressed",
            "--max-time=6",
            "--header=A: b",
            "--header=C:d",
            "--rate=50/s",
            "--accept=200",
            "--retry-on-http-error=5xx",
            "--resolve=a:80:127.0.0.1",
            "--hash=md5,sha512");
    assertThat(command.inputOptions()).extracting(PassedOption::word).containsExactly("--limit=7");
  }

  @Test
  void passesTheBaseOfPagesOnAndShowsNoPassword() {
    List<PassedOption> input =
        parsed("--input-format=links", "--base=http://me:secret@127.0.0.1/").inputOptions();

    assertThat(input)
        .extracting(PassedOption::word)
        .containsExactly("--input-format=links", "--base=http://me:secret@127.0.0.1/");
    assertThat(input).last().extracting(PassedOption::shown).asString().doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "--user=me:secret; --user='me:***'",
        "--user=TOKEN; --user='***'",
        "--user=TOKEN:; --user='***'",
        "--user=:secret; --user=':***'",
        "--cookie=session=secret; --cookie='session=***'",
        "--header=Authorization: secret; --header='Authorization:***'",
        "--header=X-Api-Key: secret; --header='X-Api-Key:***'",
        "--header=Accept: text/html; --header='Accept: text/html'",
        "--header=Host:; --header=Host:",
        "--header=@lines; --header=@lines",
        "--proxy=http://me:secret@127.0.0.1:3128; --proxy='http://me:***@127.0.0.1:3128'",
        "--cert=file:secret; --cert='file:***'",
        "--user-agent=it's me; --user-agent='it'\\''s me'",
        "--insecure; --insecure"
      })
  void showsNoSecrets(String given, String shown) {
    assertThat(parsed(given).passedOptions())
        .singleElement()
        .extracting(PassedOption::shown)
        .isEqualTo(shown);
  }
}

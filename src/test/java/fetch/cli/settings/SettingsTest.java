package fetch.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Set<String> WITH_VALUE =
      Set.of("-w", "--workers", "-H", "--header", "-A", "--user-agent");

  private static final char BYTE_ORDER_MARK = '\ufeff';

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void findTheConfigInTheDirectory() {
    environment.put("XDG_CONFIG_HOME", directory.toString());
  }

  private Settings settings(String... arguments) throws SettingException {
    return Settings.of(List.of(arguments), environment, WITH_VALUE::contains, name -> true);
  }

  private List<String> words(String... arguments) throws SettingException {
    return settings(arguments).words();
  }

  private void assertComplains(String complaint, String... arguments) {
    assertThatThrownBy(() -> words(arguments))
        .isInstanceOf(SettingException.class)
        .message()
        .isEqualTo(complaint.replace("DIR", directory.toString()));
  }

  private void config(String... lines) throws IOException {
    Files.createDirectories(directory.resolve("fetch"));
    Files.write(directory.resolve("fetch/config"), List.of(lines));
  }

  private void variable(String words) {
    environment.put("FETCH_OPTS", words);
  }

  /** Returns the word that stands for the file. */
  private String file(String name, String... lines) throws IOException {
    return "@" + Files.write(directory.resolve(name), List.of(lines));
  }

  @Test
  void areWhatTheCommandLineSaysWhereNothingElseDoes() throws Exception {
    Settings settings = settings("-qw3", "--", "x");

    assertThat(settings.words()).containsExactly("-qw3", "--", "x");
    assertThat(settings.all()).isEmpty();
  }

  @Test
  void comeFromTheConfigThenTheVariableThenTheCommandLine() throws Exception {
    config("workers = 1");
    variable("--workers=2");

    assertThat(words("--workers=3", "urls"))
        .containsExactly("--workers=1", "--workers=2", "--workers=3", "urls");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "workers = 32          | --workers=32",
        "workers=32            | --workers=32",
        "workers 32            | --workers=32",
        "workers: 32           | --workers=32",
        "`   workers\t32  `    | --workers=32",
        "--workers=32          | --workers=32",
        "--workers 32          | --workers=32",
        "-w 32                 | -w,32",
        "-w=32                 | -w,32",
        "-w32                  | -w32",
        "-qw 32                | -q,-w,32",
        "quiet                 | --quiet",
        "quiet # always        | --quiet",
        "workers = 32 # a lot  | --workers=32",
        "workers = 32# a lot   | --workers=32# a lot",
        "http1.1               | --http1.1",
        "header = \"X: y\"     | --header=X: y",
        "header = 'X: \"y\"'   | --header=X: \"y\"",
        "header = X: y         | --header=X: y",
        "header: X: y          | --header=X: y",
        "header \"X: \\\"y\\\\\" # z | --header=X: \"y\\",
        "user-agent = \"#1 #x\" | --user-agent=#1 #x",
        "user-agent = C:\\x    | --user-agent=C:\\x",
        "user-agent = \"\"     | --user-agent=",
        "user-agent =          | --user-agent=",
        "-H @names             | -H,@names",
        "-A --no-config        | -A,--no-config"
      })
  void understandEachWayToWriteALineOfTheConfig(String line, String expected) throws Exception {
    config(line);

    assertThat(String.join(",", words("x"))).isEqualTo(expected + ",x");
  }

  @Test
  void passOverEmptyLinesAndCommentsOfTheConfig() throws Exception {
    config(BYTE_ORDER_MARK + "# workers = 1", "", "  # two", "   ", "quiet\r");

    assertThat(words("x")).containsExactly("--quiet", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "workers              | the option --workers needs a value",
        "-w                   | the option -w needs a value",
        "-qw                  | the option -w needs a value",
        "header = \"X: y      | the quote \" has no end",
        "header = 'X' y       | text follows the quoted value",
        "-q urls.txt          | only options are allowed here, not sources",
        "--                   | only options are allowed here, not sources",
        "-                    | only options are allowed here, not sources",
        "-q @more             | only options are allowed here, not sources"
      })
  void complainOfALineOfTheConfigByItsNumber(String line, String complaint) throws IOException {
    config("quiet", line);

    assertComplains("line 2 of DIR/fetch/config: " + complaint, "-w", "1");
  }

  @Test
  void complainOfAConfigThatCannotBeRead() throws IOException {
    Path config = directory.resolve("fetch/config");
    Files.createDirectories(config);
    assertComplains("DIR/fetch/config is a directory");
    Files.delete(config);
    Files.write(config, new byte[] {'q', (byte) 0xff});
    assertComplains("DIR/fetch/config is not UTF-8");
  }

  @Test
  void findTheConfigWhereTheXdgSpecificationSays() throws Exception {
    config("quiet");
    Path home = directory.resolve("home");
    Files.createDirectories(home.resolve(".config/fetch"));
    Files.writeString(home.resolve(".config/fetch/config"), "ordered");

    environment.put("HOME", home.toString());
    assertThat(words()).containsExactly("--quiet");
    environment.put("XDG_CONFIG_HOME", "relative");
    assertThat(words()).containsExactly("--ordered");
    environment.put("XDG_CONFIG_HOME", "");
    assertThat(words()).containsExactly("--ordered");
    environment.remove("XDG_CONFIG_HOME");
    assertThat(words()).containsExactly("--ordered");
    environment.remove("HOME");
    assertThat(words()).isEmpty();
  }

  @Test
  void splitTheVariableAsAShellDoes() throws Exception {
    variable(" -q  -H 'X: \"y\"' --header=\"Z: it's\"\t-A a'b c'd\n''");

    assertThatThrownBy(this::words)
        .hasMessage("FETCH_OPTS: only options are allowed here, not sources");
    variable(" -q  -H 'X: \"y\"' --header=\"Z: it's\"\t-A a'b c'd\n");
    assertThat(words()).containsExactly("-q", "-H", "X: \"y\"", "--header=Z: it's", "-A", "ab cd");
  }

  @Test
  void letNothingRunFromOnePlaceIntoTheNext() {
    variable("-q -w");
    assertComplains("FETCH_OPTS: the option -w needs a value", "5");
    variable("-q --");
    assertComplains("FETCH_OPTS: only options are allowed here, not sources", "-q");
    variable("-A 'x");
    assertComplains("FETCH_OPTS: the quote ' has no end", "-q");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-config", "-h", "--help", "-V", "--version", "-qh"})
  void areTheCommandLinesAloneWhereItSaysSo(String option) throws Exception {
    config("= nonsense");
    variable("'");

    assertThat(String.join("", words("x", option)).replace("-", ""))
        .isEqualTo("x" + option.replace("-", ""));
  }

  @Test
  void areNotTheCommandLinesAloneForWhatOnlyLooksLikeIt() throws Exception {
    config("quiet");

    assertThat(words("-A", "--no-config")).startsWith("--quiet");
    assertThat(words("--", "--no-config")).startsWith("--quiet");
  }

  @Test
  void leaveTheConfigOutWhereTheVariableSaysSo() throws Exception {
    config("= nonsense");
    variable("-q --no-config");

    assertThat(words("x")).containsExactly("-q", "--no-config", "x");
  }

  @Test
  void putTheWordsOfAnArgumentFileInItsPlace() throws Exception {
    String file =
        file("args", "# mine", "-q -w", "  4 # four", "'a b' \"c\\\"\\\\\\d\"", "@", "x#y");

    assertThat(words("1", file, "2"))
        .containsExactly("1", "-q", "-w", "4", "a b", "c\"\\\\d", "@", "x#y", "2");
  }

  @Test
  void takeAnArgumentFileForWhatItIsOnlyWhereItIsNoValueAndNoSource() throws Exception {
    file("args", "-q");

    assertThat(words("-H", "@args", "-qH", "@args", "--header", "@args", "--header=@args"))
        .containsExactly("-H", "@args", "-q", "-H", "@args", "--header", "@args", "--header=@args");
    assertThat(words("--", "@args")).containsExactly("--", "@args");
    assertThat(words("./@args", "@")).containsExactly("./@args", "@");
  }

  @Test
  void readArgumentFilesThatArgumentFilesAndTheVariableName() throws Exception {
    String inner = file("inner", "-w", "1");
    String outer = file("outer", "-q", inner, "--ordered");
    variable(outer);

    assertThat(words("x")).containsExactly("-q", "-w", "1", "--ordered", "x");
  }

  @Test
  void complainOfArgumentFiles() throws IOException {
    assertComplains("DIR/none is not there", "-q", "@" + directory.resolve("none"));
    assertComplains("DIR is a directory", "@" + directory);
    assertComplains("line 2 of DIR/open: the quote ' has no end", file("open", "-q", "'x"));
    variable(file("sources", "", "-q x"));
    assertComplains("line 2 of DIR/sources: only options are allowed here, not sources");
  }

  @Test
  void complainOfArgumentFilesThatNameEachOther() throws IOException {
    file("a", "-q @" + directory.resolve("b"));
    String b = file("b", "@" + directory.resolve("a"));

    assertComplains("line 1 of DIR/a: argument files name each other in a cycle", b);
  }

  @Test
  void complainOfAListThatIsTakenForAnArgumentFile() throws IOException {
    Path list = directory.resolve("list");
    Files.write(list, new byte[(1 << 20) + 1]);

    assertComplains(
        "DIR/list is too long for options; give a list of URLs without the @", "@" + list);
  }

  @Test
  void leaveOutWhatIsNoConcernOfTheCommandUnlessItIsGivenThere() throws Exception {
    config("quiet", "workers 3");
    variable("--quiet");

    Settings settings =
        Settings.of(
            List.of("--quiet", "x"),
            environment,
            WITH_VALUE::contains,
            name -> !name.equals("--quiet"));

    assertThat(settings.words()).containsExactly("--workers=3", "--quiet", "x");
  }

  @Test
  void knowWhereEachOfThemIs() throws Exception {
    config("", "quiet");
    variable("-kw2");
    String file = file("args", "", "-H X:y");

    assertThat(settings("-vA", "me", file, "urls").all())
        .extracting(Setting::name, Setting::value, setting -> setting.origin().place())
        .map(tuple -> String.join(" ", tuple.toList().stream().map(String::valueOf).toList()))
        .containsExactly(
            "--quiet null line 2 of " + directory + "/fetch/config",
            "-k null FETCH_OPTS",
            "-w 2 FETCH_OPTS",
            "-v null the command line",
            "-A me the command line",
            "-H X:y line 2 of " + directory + "/args",
            "null null the command line");
  }
}

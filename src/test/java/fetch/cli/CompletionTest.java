package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.usage.Shell;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion in the shells of this machine. Bash is on every machine that runs tests; where zsh or
 * fish is not, its script is checked for what it must hold.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shells of Unix")
class CompletionTest {
  @TempDir private Path directory;
  private Path files;

  @BeforeEach
  void makeFiles() throws IOException {
    files = Files.createDirectory(directory.resolve("files"));
    Files.createFile(files.resolve("my urls.txt"));
    Files.createFile(files.resolve("my.pem"));
    Files.createDirectory(files.resolve("more"));
  }

  private static String script(Shell shell) {
    Ended ended = InProcess.fetch("", "completion", shell.toString());
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    return ended.out();
  }

  private RealShell real(Shell shell) throws IOException {
    return new RealShell(
        shell, Files.writeString(directory.resolve("script"), script(shell)), files);
  }

  private static FetchCommand command() {
    return new FetchCommand(new Console(System.in, System.out, System.err), Map.of());
  }

  private static Stream<OptionSpec> options() {
    return command().groups().stream().flatMap(group -> group.options().stream());
  }

  private static Set<String> longNames() {
    Set<String> names = new TreeSet<>(Set.of("--no-compressed", "--no-location"));
    options()
        .flatMap(option -> Stream.of(option.names()))
        .filter(name -> name.startsWith("--"))
        .forEach(names::add);
    return names;
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void holdsEveryOptionAndEveryChoice(Shell shell) {
    String script = script(shell);

    for (String name : longNames()) {
      assertThat(script)
          .containsPattern((shell == Shell.FISH ? " -l " + name.substring(2) : name) + "\\b(?!-)");
    }
    for (StrategyKind strategy : StrategyKind.values()) {
      assertThat(script).contains(strategy.toString());
    }
    assertThat(script).contains("text jsonl csv tsv").contains("ok failed").contains("urlnum");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void isAScriptToItsShell(Shell shell) throws IOException {
    RealShell real = real(shell);

    assertThat(real.isHere() ? real.complaints() : "").isEmpty();
    assertThat(real.isHere() || shell != Shell.BASH).isTrue();
    assertThat(script(shell).chars().filter(c -> c == '{').count())
        .isEqualTo(script(shell).chars().filter(c -> c == '}').count());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void offersWhatCanStandThere(Shell shell) throws IOException {
    RealShell real = real(shell);
    if (!real.isHere()) {
      return;
    }
    assertThat(real.offers("fetch --fo")).containsExactly("--form", "--format");
    assertThat(real.offers("fetch -q urls --no-co"))
        .containsExactly("--no-compressed", "--no-config");
    assertThat(real.offers("fetch -")).containsAll(longNames());
    for (String option : new String[] {"-f ", "--format ", "--format="}) {
      assertThat(real.offers("fetch -q " + option))
          .containsExactlyInAnyOrder("text", "jsonl", "csv", "tsv");
      assertThat(real.offers("fetch " + option + "js")).containsExactly("jsonl");
    }
    assertThat(real.offers("fetch -s "))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(StrategyKind.values()).map(StrategyKind::toString).toList());
    assertThat(real.offers("fetch --only f")).containsExactly("failed");
    assertThat(real.offers("fetch -w ")).containsExactly("auto");
    assertThat(real.offers("fetch --per-host ")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void offersTheNextOfAList(Shell shell) throws IOException {
    RealShell real = real(shell);
    if (real.isHere()) {
      assertThat(real.offers("fetch --fields err")).containsExactly("error", "errormsg");
      assertThat(real.offers("fetch --fields=url,http_").toString()).contains("http_version");
      assertThat(real.offers("fetch --fields url,num_").toString())
          .contains("num_redirects")
          .contains("num_retries");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void offersFiles(Shell shell) throws IOException {
    RealShell real = real(shell);
    if (real.isHere()) {
      assertThat(real.offers("fetch my")).containsExactly("my urls.txt", "my.pem");
      assertThat(real.offers("fetch @my")).containsExactly("@my urls.txt", "@my.pem");
    }
    if (real.isHere() && shell != Shell.BASH) { // which offers files where it is offered nothing
      assertThat(real.offers("fetch --cacert my.")).containsExactly("my.pem");
      assertThat(real.offers("fetch --cacert=my.")).containsExactly("my.pem");
      assertThat(real.offers("fetch -q -o my.")).containsExactly("my.pem");
      assertThat(real.offers("fetch compare my")).containsExactly("my urls.txt", "my.pem");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void offersCommandsInTheFirstPlaceOnly(Shell shell) throws IOException {
    RealShell real = real(shell);
    if (real.isHere()) {
      assertThat(real.offers("fetch comp")).containsExactly("compare", "completion");
      assertThat(real.offers("fetch compare --stra")).containsExactly("--strategies");
      assertThat(real.offers("fetch compare --strategies=async,vi").toString()).contains("virtual");
      assertThat(real.offers("fetch compare -q --format ")).contains("markdown");
      assertThat(real.offers("fetch -q compl")).isEmpty();
      assertThat(real.offers("fetch completion ")).contains("bash", "zsh", "fish");
      assertThat(real.offers("fetch completion b")).containsExactly("bash");
      assertThat(real.offers("fetch completion --")).contains("--help").doesNotContain("--workers");
      assertThat(real.offers("fetch -- --he")).isEmpty();
    }
  }

  @Test
  void asksForAShell() {
    assertThat(InProcess.fetch("", "completion").err())
        .isEqualTo(
            "fetch: missing shell: give bash, zsh or fish\n"
                + "Try 'fetch completion --help' for usage.\n");
    Ended ended = InProcess.fetch("", "completion", "tcsh");
    assertThat(ended.err()).startsWith("fetch: ").contains("'tcsh' is not one of bash, zsh, fish");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void tellsHowToKeepIt() {
    Ended ended = InProcess.fetch("", "completion", "--help");

    assertThat(ended.out())
        .startsWith("Usage: fetch completion bash|zsh|fish\n")
        .contains("~/.zshrc");
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
  }
}

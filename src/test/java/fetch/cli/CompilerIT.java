package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which compiler the JVM starts with follows from the length of the list. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tests the shell script bin/fetch")
class CompilerIT {
  private static final Pattern LEVEL = Pattern.compile(" TieredStopAtLevel +(?::)?= (\\d)");
  private static final long LONG = (8 << 20) + 512;
  private static final int C1_ONLY = 1;
  private static final int C1_AND_C2 = 4;

  @TempDir private Path directory;

  /** A file of so many bytes, which takes no room on the disk. */
  private Path list(String name, long bytes) throws IOException {
    Path list = directory.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(list.toFile(), "rw")) {
      file.setLength(bytes);
    }
    return list;
  }

  private ProcessBuilder program(String... arguments) {
    ProcessBuilder builder = Program.builder(Program.executable(), arguments);
    builder.directory(directory.toFile()).redirectInput(new File("/dev/null"));
    builder.environment().put("FETCH_JAVA_OPTS", "-XX:+PrintFlagsFinal");
    return builder;
  }

  private static int level(ProcessBuilder builder) throws IOException {
    String everything = Program.run(builder).everything();
    Matcher matcher = LEVEL.matcher(everything);
    assertThat(matcher.find()).as(everything).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"urls.txt", "with a space.txt", "(", "!", "*", "ünï.txt", "-o"})
  void isTheBetterOneForALongList(String name) throws IOException {
    String path = list(name, LONG).toString();

    assertThat(level(program("--version", path))).isEqualTo(C1_AND_C2);
    assertThat(level(program(path, "-w", "4", "--version"))).isEqualTo(C1_AND_C2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"urls.txt", "(", "!"})
  void isTheBetterOneForALongListInThisDirectory(String name) throws IOException {
    list(name, LONG);

    assertThat(level(program("--version", name))).isEqualTo(C1_AND_C2);
  }

  @Test
  void isTheQuickerOneForAShortListOrNone() throws IOException {
    String path = list("urls.txt", LONG - 512).toString();

    assertThat(level(program("--version", path))).isEqualTo(C1_ONLY);
    assertThat(level(program("--version"))).isEqualTo(C1_ONLY);
    assertThat(level(program("--version", directory.toString()))).isEqualTo(C1_ONLY);
    assertThat(level(program("--version", "http://127.0.0.1/"))).isEqualTo(C1_ONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--hash=blake3",
        "--hash md5,BLAKE3",
        "-q --hash blake3",
        "--hash blake3 --hash md5"
      })
  void isTheBetterOneForTheHashThatIsNoNativeCode(String options) throws IOException {
    String[] arguments = ("--version " + options).split(" ", -1);

    assertThat(level(program(arguments))).isEqualTo(C1_AND_C2);
    ProcessBuilder set = program("--version");
    set.environment().put("FETCH_OPTS", options);
    assertThat(level(set)).isEqualTo(C1_AND_C2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--hash=sha256", "-q --hash md5,sha1,sha512", "--since x"})
  void isTheQuickerOneForOtherHashes(String options) throws IOException {
    assertThat(level(program(("--version " + options).split(" ", -1)))).isEqualTo(C1_ONLY);
  }

  @Test
  void followsALinkToTheList() throws IOException {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, list("urls.txt", LONG));

    assertThat(level(program("--version", link.toString()))).isEqualTo(C1_AND_C2);
  }

  @Test
  void isTheBetterOneForALongListOnStandardInput() throws IOException {
    Path list = list("urls.txt", LONG);

    ProcessBuilder builder = program("--version").redirectInput(list.toFile());

    assertThat(level(builder)).isEqualTo(C1_AND_C2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "--version -", "--version -w 4", "--version -o records"})
  void comesLateForAListFromAPipe(String options) throws IOException {
    list("records", 1);
    ProcessBuilder builder = program(options.split(" ", -1)).redirectInput(Redirect.PIPE);

    assertThat(level(builder)).isEqualTo(C1_AND_C2);
    assertThat(Program.run(builder).everything())
        .containsPattern("AOTReplayTraining +:?= true")
        .containsPattern("Tier2ProfileDelayFactor +:?= 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version -w 4 records", "--version -- records", "--version http://a/"})
  void isTheQuickerOneForAShortListBesideAPipe(String options) throws IOException {
    list("records", 1);
    ProcessBuilder builder = program(options.split(" ", -1)).redirectInput(Redirect.PIPE);

    assertThat(level(builder)).isEqualTo(C1_ONLY);
  }

  @Test
  void isWhatTheOptionsForTheJavaRuntimeSay() throws IOException {
    ProcessBuilder builder = program("--version", list("urls.txt", LONG).toString());
    builder.environment().put("FETCH_JAVA_OPTS", "-XX:+PrintFlagsFinal -XX:TieredStopAtLevel=1");

    assertThat(level(builder)).isEqualTo(C1_ONLY);
  }

  /** Each look is a process; a fork for each of 2,000 lists took ten times as long as the run. */
  @Test
  void isChosenByTheFirstOfManyLists() throws IOException {
    Path looks = directory.resolve("looks");
    Path find = Files.writeString(directory.resolve("find"), "#!/bin/sh\necho >>" + looks + "\n");
    assertThat(find.toFile().setExecutable(true)).isTrue();
    List<String> arguments = new ArrayList<>(List.of("--version"));
    for (int i = 0; i < 100; i++) {
      arguments.add(list("list" + i, 1).toString());
    }
    ProcessBuilder builder = program(arguments.toArray(String[]::new));
    builder.environment().merge("PATH", directory.toString(), (path, own) -> own + ":" + path);

    assertThat(level(builder)).isEqualTo(C1_ONLY);
    assertThat(Files.readAllLines(looks)).hasSizeBetween(1, 16);
  }
}

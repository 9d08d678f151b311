package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that do not go on, and say why; of lists that lead nowhere. */
class ResumeRefusalsTest {
  private static final int ENTRIES = 1000;

  @TempDir private Path directory;

  private static List<String> lines() {
    return IntStream.range(0, ENTRIES).mapToObj(n -> "%%" + n).toList();
  }

  private Path list() throws IOException {
    return Files.write(directory.resolve("list"), lines());
  }

  private Path results() {
    return directory.resolve("results");
  }

  private Ended resume(Object... more) {
    List<String> arguments = new ArrayList<>(List.of("-fcsv", "-o", "" + results(), "--resume"));
    Stream.of(more).map(Object::toString).forEach(arguments::add);
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  @Test
  void saysWhatIsDifferentInAListThatHasChanged() throws IOException {
    Path list = list();
    resume(list);
    tear();
    byte[] before = Files.readAllBytes(results());
    long last = 1 + Records.positions(cut(), "csv").stream().mapToLong(n -> n).max().orElseThrow();
    List<String> urls = lines();

    for (int n : List.of(0, 255, 256, 500)) {
      List<String> other = new ArrayList<>(urls);
      other.set(n, "http://other.invalid/");
      Files.write(list, other);
      assertRefused(
          resume(list),
          before,
          "the list has changed: entry " + n + " is 'http://other.invalid/' but in ");
    }
    List<String> shifted = new ArrayList<>(urls);
    shifted.add(0, "http://new.invalid/");
    Files.write(list, shifted);
    assertRefused(resume(list), before, "entry 0 is 'http://new.invalid/' but in ");
    Files.write(list, urls.subList(0, 300));
    assertRefused(resume(list), before, "it ends after 300 entries, but " + results() + " has a");
    Files.write(list, urls.subList(0, (int) last));
    assertThat(resume(list).err()).doesNotContain("changed");
  }

  /** A copy of the results without the torn record. */
  private Path cut() throws IOException {
    String all = Files.readString(results());
    return Files.writeString(directory.resolve("cut"), all.substring(0, all.lastIndexOf('\n') + 1));
  }

  private void assertRefused(Ended ended, byte[] before, String complaint) {
    assertThat(ended.err()).startsWith("fetch: ").contains(complaint).hasLineCount(1);
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(results()).hasBinaryContent(before);
  }

  @Test
  void showsNoPasswordOfAListThatHasChanged() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), "http://127.0.0.1:9/");
    resume(list);
    Files.writeString(list, "http://me:secret@127.0.0.1/");

    assertThat(resume(list).err()).contains("me:***@").doesNotContain("secret");
  }

  static Stream<Arguments> mistakes() {
    String lacking = "--resume needs urlnum and input in --fields";
    String silent = "--resume=retry-failed needs ok or error in --fields";
    return Stream.of(
        Arguments.of("--resume needs a file, --output=FILE", List.of("--resume", "-fcsv")),
        Arguments.of("--resume needs --format=jsonl, csv or tsv", List.of("-ox", "--resume")),
        Arguments.of(lacking, List.of("-ox", "--resume", "-fcsv", "--fields=input,url")),
        Arguments.of(lacking, List.of("-ox", "--resume", "-fcsv", "--fields=urlnum,url")),
        Arguments.of(
            silent, List.of("-ox", "--resume=retry-failed", "-fcsv", "--fields=urlnum,input")),
        Arguments.of(
            "--resume and --only cannot be combined",
            List.of("-ox", "--resume", "-fcsv", "--only=failed")),
        Arguments.of(
            "--ordered and --resume=match-input cannot be combined",
            List.of("-ox", "--resume=match-input", "-fcsv", "--ordered")),
        Arguments.of(
            "'x' is not one of continue, match-input, retry-failed",
            List.of("-ox", "--resume=x", "-fcsv")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs /dev/null")
  void needsARegularFile() {
    saysWhatItNeeds(
        "--resume needs a regular file as --output, but /dev/null is not",
        List.of("-o/dev/null", "--resume", "-fcsv"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatItNeeds(String complaint, List<String> arguments) {
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));

    assertThat(ended.err()).contains(complaint);
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void refusesToGoOnInOrderWhereTheRecordsAreNot() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), "%%a\n%%b\n%%c\n");
    resume("--ordered", list);
    List<String> lines = Files.readAllLines(results());

    Files.write(results(), List.of(lines.get(0), lines.get(2), lines.get(1)));
    assertThat(resume("--ordered", list).err())
        .contains("the records are not in input order; resume without --ordered");
    Files.write(results(), List.of(lines.get(0), lines.get(1), lines.get(3)));
    assertThat(resume("--ordered", list).err())
        .contains("entry 1 has no record in " + results() + ", but later entries have: ");
    assertThat(resume(list).err()).doesNotContain("order");
    Records.haveEach(3, Records.positions(results(), "csv"));
  }

  @Test
  void leavesTheFileAloneThatIsNoneOfItsOwn() throws IOException {
    Path list = list();
    Files.writeString(results(), "precious\n");

    assertThat(resume(list).err())
        .isEqualTo(
            "fetch: "
                + results()
                + " does not match these --fields and this --format: it begins with"
                + " 'precious'; use the options it was written with\n");
    assertThat(results()).hasContent("precious\n");
  }

  /** Leaves the records of the first 800 entries or so, and a torn one. */
  private void tear() throws IOException {
    byte[] all = Files.readAllBytes(results());
    Files.write(results(), Arrays.copyOf(all, all.length * 4 / 5));
  }
}

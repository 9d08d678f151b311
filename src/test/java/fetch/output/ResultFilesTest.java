package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ResultFilesTest {
  private static final List<Field> FIELDS = List.of(Field.URLNUM, Field.INPUT);
  private static final String HEADER = "urlnum,input\n";

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("results.csv");
  }

  private Path part(int number) {
    return directory.resolve("results-0000" + number + ".csv");
  }

  private ResultFiles open(long mostBytes) throws IOException {
    return open(mostBytes, SyncMode.EACH_SECOND);
  }

  private ResultFiles open(long mostBytes, SyncMode sync) throws IOException {
    return ResultFiles.open(file(), mostBytes, OutputFormat.CSV, FIELDS, sync, true);
  }

  private static void write(ResultFiles files, String text) throws IOException {
    files.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void beginAfreshWithTheHeader(SyncMode sync) throws IOException {
    Files.writeString(file(), "something long that was there before\n");
    try (ResultFiles files = open(ResultFiles.ONE_FILE, sync)) {
      assertThat(file()).content().startsWith("something");
      files.startAfresh();
      assertThat(file()).hasContent(HEADER);
      write(files, "0,a\n");
      write(files, "1,b\n");
      assertThat(file()).content().isEqualTo(HEADER + "0,a\n1,b\n");
      files.finish();
    }
  }

  @Test
  void goOnWhereTheyEnd() throws IOException {
    Files.writeString(file(), HEADER + "0,a\n1,");
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      files.cut(HEADER.length() + 4);
      files.goOn();
      write(files, "2,c\n");
    }

    assertThat(file()).content().isEqualTo(HEADER + "0,a\n2,c\n");
  }

  @Test
  void areEachWholeAndNoLargerThanTheyMayBe() throws IOException {
    StringBuilder records = new StringBuilder();
    Random random = new Random(1);
    try (ResultFiles files = open(100)) {
      files.startAfresh();
      for (int n = 0; n < 200; n += 4) {
        StringBuilder block = new StringBuilder();
        for (int i = n; i < n + 4; i++) {
          String text = "x".repeat(random.nextInt(20));
          block.append(i).append(random.nextBoolean() ? ",\"\n" + text + "\"\"\n\"\n" : ",y\n");
        }
        records.append(block);
        write(files, block.toString());
      }
    }

    StringBuilder together = new StringBuilder();
    try (ResultFiles files = open(100)) {
      assertThat(files.existing()).hasSizeGreaterThan(20);
      for (Path path : files.existing()) {
        String text = Files.readString(path);
        assertThat(text).startsWith(HEADER).endsWith("\n").hasSizeLessThanOrEqualTo(100);
        assertThat(text.chars().filter(c -> c == '"').count() % 2).isZero();
        together.append(text.substring(HEADER.length()));
      }
    }
    assertThat(together).hasToString(records.toString());
    assertThat(part(1)).exists();
    assertThat(file()).doesNotExist();
  }

  @Test
  void haveARecordOfTheirOwnThatIsLargerThanAnyMayBe() throws IOException {
    String large = "1," + "x".repeat(100) + "\n";
    try (ResultFiles files = open(50)) {
      files.startAfresh();
      write(files, "0,a\n" + large + "2,b\n");
    }

    assertThat(part(1)).content().isEqualTo(HEADER + "0,a\n");
    assertThat(part(2)).content().isEqualTo(HEADER + large);
    assertThat(part(3)).content().isEqualTo(HEADER + "2,b\n");
  }

  @Test
  void leaveNothingOfThoseThatWereThereAndAllElse() throws IOException {
    for (int number : List.of(1, 2, 3, 4, 6, 9)) {
      Files.writeString(part(number), HEADER + "0,old\n");
    }
    List<String> others =
        List.of(
            "results-6.csv",
            "results-000006.csv",
            "results-00000.csv",
            "results-00006.csv.old",
            "results-00006.CSV",
            "results-0000x.csv",
            "results-.csv",
            "results.csv",
            "my-results-00006.csv");
    for (String other : others) {
      Files.writeString(directory.resolve(other), "precious");
    }
    try (ResultFiles files = open(1000)) {
      files.startAfresh();
    }

    assertThat(part(1)).content().isEqualTo(HEADER);
    List<String> expected = new ArrayList<>(others);
    expected.add("results-00001.csv");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void beginWithTheFirstWhereOnlyLaterOnesAreLeft() throws IOException {
    Files.writeString(part(3), HEADER + "0,old\n");
    try (ResultFiles files = open(1000)) {
      files.startAfresh();
      write(files, "0,new\n");
      assertThatThrownBy(() -> open(1000)).hasMessage(part(1) + ": another run is writing to it");
    }

    assertThat(directory.toFile().list()).containsExactly("results-00001.csv");
    assertThat(part(1)).content().isEqualTo(HEADER + "0,new\n");
  }

  @Test
  void goOnInTheLastWhicheverBeforeItWereMovedAway() throws IOException {
    Files.writeString(part(2), HEADER + "0,a\n");
    Files.writeString(part(4), HEADER + "1,b\n");
    try (ResultFiles files = open(HEADER.length() + 4)) {
      assertThat(files.existing()).containsExactly(part(2), part(4));
      files.goOn();
      write(files, "2,c\n");
    }

    assertThat(part(2)).content().isEqualTo(HEADER + "0,a\n");
    assertThat(part(4)).content().isEqualTo(HEADER + "1,b\n");
    assertThat(part(5)).content().isEqualTo(HEADER + "2,c\n");
    assertThat(directory.toFile().list()).hasSize(3);
  }

  @Test
  void overwriteNoFileThatAppearsWhileTheyAreWritten() throws IOException {
    try (ResultFiles files = open(HEADER.length() + 4)) {
      files.startAfresh();
      write(files, "0,a\n");
      Files.writeString(part(2), "precious");
      assertThatThrownBy(() -> write(files, "1,b\n"))
          .isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(part(2)).content().isEqualTo("precious");
  }

  @Test
  void leadToNoOtherFileByLinks() throws IOException {
    Path precious = Files.writeString(directory.resolve("precious"), HEADER + "0,mine\n");
    Files.createSymbolicLink(part(1), precious);
    assertThatThrownBy(() -> open(1000)).hasMessageContaining(part(1) + ": is a symbolic link");
    Files.delete(part(1));
    Files.createLink(part(1), precious);
    assertThatThrownBy(() -> open(1000)).hasMessageContaining("has a second hard link");
    Files.delete(part(1));
    Files.createDirectory(part(1));
    assertThatThrownBy(() -> open(1000)).hasMessageContaining("is not a regular file");

    assertThat(precious).content().isEqualTo(HEADER + "0,mine\n");
  }

  @Test
  void areOneRunsOnlyInEachOfThem() throws IOException {
    try (ResultFiles files = open(HEADER.length() + 4)) {
      files.startAfresh();
      write(files, "0,a\n1,b\n2,c\n");
      assertThatThrownBy(() -> open(1000)).hasMessage(part(3) + ": another run is writing to it");
      Files.delete(part(1));
      assertThatThrownBy(() -> open(1000)).hasMessage(part(3) + ": another run is writing to it");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs file permissions of POSIX")
  void areReplacedWithTheirOwnPermissions() throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw--w--w-");
    Files.writeString(file(), HEADER + "0,a\n");
    Files.setPosixFilePermissions(file(), permissions);
    Path precious = Files.writeString(directory.resolve("precious"), "mine");
    Files.createSymbolicLink(directory.resolve("results.csv.rewritten"), precious);
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      files.rewrite(0, (from, to) -> from.transferTo(0, HEADER.length(), to));
    }

    assertThat(file()).content().isEqualTo(HEADER);
    assertThat(Files.getPosixFilePermissions(file())).isEqualTo(permissions);
    assertThat(precious).content().isEqualTo("mine");
  }

  @Test
  void goOnInTheLast() throws IOException {
    Files.writeString(part(1), HEADER + "0,a\n");
    Files.writeString(part(2), HEADER);
    try (ResultFiles files = open(1000)) {
      files.goOn();
      write(files, "1,b\n");
    }

    assertThat(part(1)).content().isEqualTo(HEADER + "0,a\n");
    assertThat(part(2)).content().isEqualTo(HEADER + "1,b\n");
  }

  @Test
  void areOneRunsOnly() throws IOException {
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      files.startAfresh();
      write(files, "0,a\n");
      assertThatThrownBy(() -> open(ResultFiles.ONE_FILE))
          .hasMessage(file() + ": another run is writing to it");
    }
    open(ResultFiles.ONE_FILE).close();

    assertThat(file()).content().isEqualTo(HEADER + "0,a\n");
  }

  @Test
  void stayOneRunsOnlyWhenTheFirstIsReplaced() throws IOException {
    Files.writeString(file(), HEADER + "0,a\n1,b\n");
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      files.rewrite(0, (from, to) -> from.transferTo(0, HEADER.length() + 4, to));
      files.goOn();
      assertThatThrownBy(() -> open(ResultFiles.ONE_FILE)).hasMessageContaining("another run");
      write(files, "2,c\n");
    }

    assertThat(file()).content().isEqualTo(HEADER + "0,a\n2,c\n");
  }

  @Test
  void areAsTheyWereWhenReplacingFails() throws IOException {
    Files.writeString(file(), HEADER + "0,a\n");
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      assertThatThrownBy(() ->
              files.rewrite(
                  0,
                  (from, to) -> {
                    from.transferTo(0, 5, to);
                    throw new IOException("no room");
                  }))
          .hasMessage("no room");
    }

    assertThat(file()).content().isEqualTo(HEADER + "0,a\n");
    assertThat(directory.toFile().list()).containsExactly("results.csv");
  }

  @Test
  void missTheirFileWithinASecondOrTwo() throws IOException {
    List<IOException> failures = new ArrayList<>();
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      files.startAfresh();
      write(files, "0,a\n");
      Files.delete(file());
      Eventually.holds("it is missed", () -> fails(files, failures));
    }

    assertThat(failures.getFirst())
        .hasMessage(file() + " was removed, or moved, while the run wrote to it");
  }

  private static boolean fails(ResultFiles files, List<IOException> failures) {
    try {
      write(files, "1,b\n");
      return false;
    } catch (IOException e) {
      failures.add(e);
      return true;
    }
  }

  @Test
  void fillAFileAsFarAsWholeRecordsGo() throws IOException {
    try (ResultFiles files = open(HEADER.length() + 14)) {
      files.startAfresh();
      write(files, "0,a\n");
      write(files, "1,b\n2,c\n3,d\n");
    }

    assertThat(part(1)).content().isEqualTo(HEADER + "0,a\n1,b\n2,c\n");
    assertThat(part(2)).content().isEqualTo(HEADER + "3,d\n");
  }

  @Test
  void takeSingleBytes() throws IOException {
    try (ResultFiles files = open(ResultFiles.ONE_FILE)) {
      files.startAfresh();
      files.write('0');
      files.write('\n');
    }

    assertThat(file()).content().isEqualTo(HEADER + "0\n");
  }

  @Test
  void areReadUnderTheNamesTheyHaveOnly() throws IOException {
    Files.writeString(file(), HEADER + "0,a\n");
    assertThatThrownBy(() -> open(1000))
        .hasMessage(file() + " was written without --output-max-size; resume it the same way");
    assertThat(part(1)).doesNotExist();
    ResultFiles.open(file(), 1000, OutputFormat.CSV, FIELDS, SyncMode.NEVER, false).close();

    assertThat(file()).content().isEqualTo(HEADER + "0,a\n");
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a run that brings too much. */
@Timeout(60)
class BodyLimitsTest {
  @TempDir Path folder;

  private static String list(Site site, int count) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < count; i++) {
      list.append(site.url("/" + (1000 + i))).append('\n'); // answered with five bytes
    }
    return list.toString();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void endsWhenAllBodiesTogetherAreTooLarge(String strategy) throws Exception {
    try (Site site = new Site()) {
      Ended ended =
          InProcess.fetch(
              list(site, 300),
              "--max-total-size=500",
              "--save=" + folder,
              "-s",
              strategy,
              "-w4",
              "-fjsonl");

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err())
          .contains("bodies exceed --max-total-size, which is 500 bytes")
          .contains("not reached");
      assertThat(ended.records()).hasSizeBetween(100, 110);
      assertThat(files()).isEqualTo(100);
      assertThat(ended.records().stream().map(RecordSchema::parse))
          .filteredOn(record -> !record.get("ok").asBoolean())
          .extracting(record -> record.get("error").asText())
          .containsOnly("interrupted");
    }
  }

  @Test
  void countsBodiesThatGoNowhere() throws Exception {
    try (Site site = new Site()) {
      Ended ended = InProcess.fetch(list(site, 30), "--max-total-size=50", "-sserial");

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.records()).hasSizeBetween(10, 11);
    }
  }

  @Test
  void endsInTheMiddleOfABodyWithoutEnd() throws Exception {
    try (Site site = new Site()) {
      Ended ended =
          InProcess.fetch(site.url("/endless"), "--max-total-size=1m", "--save=" + folder);

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(files()).isZero();
    }
  }

  @Test
  void allowsWhatIsExactlyTheLimit() throws Exception {
    try (Site site = new Site()) {
      Ended ended = InProcess.fetch(list(site, 10), "--max-total-size=50");

      assertThat(ended.code()).isZero();
      assertThat(ended.records()).hasSize(10);
    }
  }

  @Test
  void beginsNothingOnADiskThatIsTooFull() throws Exception {
    try (Site site = new Site()) {
      Ended ended =
          InProcess.fetch(list(site, 10), "--min-free=900000t", "--save=" + folder, "-fjsonl");

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).contains("less free space than --min-free");
      assertThat(files()).isZero();
    }
  }

  @Test
  void savesAsLongAsThereIsRoom() throws Exception {
    try (Site site = new Site()) {
      Ended ended = InProcess.fetch(list(site, 200), "--min-free=1k", "--save=" + folder);

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(files()).isEqualTo(200);
    }
  }

  @Test
  void needsToKnowWhereRoomIsToBe() {
    Ended ended = InProcess.fetch("", "--min-free=1g", "http://127.0.0.1:9/");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--min-free needs --save");
  }
}

package fetch.results;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.results.RecordCursor.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of results are merged by position, whatever the order in them. */
class MergedRecordsTest {
  @TempDir private Path directory;

  private Supplier<Path> temporary() {
    int[] number = {0};
    return () -> directory.resolve("run" + number[0]++ + ".tmp");
  }

  private ResultsFile file(String name, List<Integer> positions) throws IOException {
    List<String> lines = positions.stream().map(n -> "{\"urlnum\":" + n + ",\"x\":1}").toList();
    return ResultsFile.of(Files.write(directory.resolve(name), lines));
  }

  private List<ResultsScan> scans(int files, int entries, long seed) throws IOException {
    Random random = new Random(seed);
    List<List<Integer>> positions = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      positions.add(new ArrayList<>());
    }
    for (int n = 0; n < entries; n++) {
      positions.get(random.nextInt(files)).add(n);
    }
    List<ResultsScan> scans = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      if (i % 2 == 0) {
        Collections.shuffle(positions.get(i), random);
      }
      scans.add(ResultsScan.of(file("results" + i, positions.get(i)), false));
    }
    return scans;
  }

  private static List<Long> positions(MergedRecords records) throws IOException {
    List<Long> positions = new ArrayList<>();
    for (Item record = records.next(); record != null; record = records.next()) {
      assertThat(new String(record.text(), StandardCharsets.UTF_8))
          .isEqualTo("{\"urlnum\":" + record.position() + ",\"x\":1}");
      positions.add(record.position());
    }
    return positions;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 100})
  void areInOrderHoweverFewFilesMayBeOpen(int mostOpen) throws IOException {
    try (MergedRecords records =
        MergedRecords.of(scans(9, 2000, mostOpen), temporary(), mostOpen)) {
      List<Long> positions = positions(records);

      assertThat(positions).hasSize(2000).isSorted().doesNotHaveDuplicates();
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  private List<RecordCursor> sorted(List<Integer> positions, int mostBytes) throws IOException {
    return new PositionSort(temporary(), mostBytes).sort(file("results", positions), 0);
  }

  private static int close(List<RecordCursor> runs) throws IOException {
    for (RecordCursor run : runs) {
      run.close();
    }
    return runs.size();
  }

  /** Results come nearly in order, so a window sorts them. */
  @Test
  void makesOneRunOfResultsThatAreNearlyInOrder() throws IOException {
    List<Integer> positions = new ArrayList<>();
    for (int n = 0; n < 5000; n++) {
      positions.add(n);
    }
    for (int from = 0; from < 5000; from += 20) {
      Collections.shuffle(positions.subList(from, from + 20), new Random(from));
    }

    assertThat(close(sorted(positions, 10_000))).isEqualTo(1);
  }

  @Test
  void makesManyRunsOfResultsInReverseOrder() throws IOException {
    List<Integer> positions = new ArrayList<>();
    for (int n = 2000; n > 0; n--) {
      positions.add(n);
    }
    List<RecordCursor> runs = sorted(positions, 10_000);
    int records = 0;
    for (RecordCursor run : runs) {
      long last = -1;
      while (run.next()) {
        assertThat(run.record().position()).isGreaterThan(last);
        last = run.record().position();
        records++;
      }
    }

    assertThat(records).isEqualTo(2000);
    assertThat(close(runs)).isBetween(10, 200);
  }

  @Test
  void keepTheOrderOfTheFilesAtOnePosition() throws IOException {
    ResultsScan first = ResultsScan.of(file("first", List.of(1, 2)), false);
    ResultsScan second = ResultsScan.of(file("second", List.of(2, 1)), false);
    List<String> found = new ArrayList<>();
    try (MergedRecords records = MergedRecords.of(List.of(first, second), temporary())) {
      for (Item record = records.next(); record != null; record = records.next()) {
        found.add(record.position() + " of " + record.file());
      }
    }

    assertThat(found).containsExactly("1 of 0", "1 of 1", "2 of 0", "2 of 1");
  }

  @Test
  void namesTheGapsBetweenPositions() {
    MissingPositions gaps = new MissingPositions();
    for (long position : new long[] {0, 1, 3, 4, 9}) {
      gaps.add(position);
    }
    gaps.upTo(-1);
    assertThat(gaps.shown()).isEqualTo("2, 5-8");
    assertThat(gaps.missing()).isEqualTo(5);
    gaps.upTo(12);
    assertThat(gaps.shown()).isEqualTo("2, 5-8, 10-11");
    assertThat(gaps.missing()).isEqualTo(7);
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.ListCorpus;
import fetch.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged lists, of which every entry still ends in one record. */
class ListFuzzTest {
  /** Nothing listens there, so that no request leaves and no name is looked up. */
  private static final String NO_PROXY = "--proxy=http://127.0.0.1:1";

  private static final int ROUNDS = 5;

  private static List<String> corpus(String format) {
    return switch (format) {
      case "csv" -> ListCorpus.rows(',');
      case "tsv" -> ListCorpus.rows('\t');
      case "jsonl" -> ListCorpus.objects();
      default -> ListCorpus.lines();
    };
  }

  @ParameterizedTest
  @CsvSource({"lines,1", "lines,300", "csv,1", "csv,200", "tsv,200", "jsonl,1", "jsonl,300"})
  void giveEachEntryOneRecord(String format, int damages) {
    byte[] list = (String.join("\n", corpus(format)) + "\n").getBytes(StandardCharsets.UTF_8);
    Mutations mutations = new Mutations(12 + damages);

    int all = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = mutations.of(list, damages);
      Ended counted = InProcess.fetch(damaged, Map.of(), "-i", format, "--dry-run", "-");
      Ended fetched =
          InProcess.fetch(
              damaged,
              Map.of(),
              "-i",
              format,
              NO_PROXY,
              "--retry=0",
              "--ordered",
              "-q",
              "-ftsv",
              "--fields=urlnum",
              "-");

      String about = format + ", round " + round + ": " + fetched.err();
      assertThat(List.of(counted.code(), fetched.code())).as(about).isSubsetOf(0, 1, 3);
      int entries = Integer.parseInt(counted.out().split(" ", 2)[0]);
      List<String> numbers = IntStream.range(0, entries).mapToObj(Integer::toString).toList();
      assertThat(fetched.records()).as(about).isEqualTo(with("urlnum", numbers));
      all += entries;
    }
    assertThat(all).isPositive();
  }

  private static List<String> with(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }
}

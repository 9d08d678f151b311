package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a list, fetched through a proxy that stands in for every host. */
class ShardsTest {
  private static final int ENTRIES = 400;

  @AutoClose private final Site proxy = Site.open();

  private static String line(int n) {
    return switch (n % 8) {
      case 5 -> "not a url " + n;
      case 6 -> "ftp://host" + n % 50 + ".test/" + n;
      case 7 -> "HTTP://HOST" + n % 50 + ".TEST/" + n;
      default -> "http://host" + n % 50 + ".test/" + n;
    };
  }

  private static String list() {
    StringBuilder list = new StringBuilder("# a comment\n\n");
    IntStream.range(0, ENTRIES).forEach(n -> list.append(line(n)).append('\n'));
    return list.toString();
  }

  private List<String> records(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-x", "127.0.0.1:" + proxy.port(), "--noproxy=none.invalid"));
    all.addAll(List.of("-q", "-ftsv", "--fields=urlnum,input"));
    List<String> records = InProcess.fetch(list(), all.toArray(String[]::new)).records();
    return records.subList(1, records.size());
  }

  private static int urlnum(String record) {
    return Integer.parseInt(record.substring(0, record.indexOf('\t')));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 60})
  void areTogetherExactlyTheList(int count) {
    List<String> together = new ArrayList<>();
    for (int index = 1; index <= count; index++) {
      together.addAll(records("--shard=" + index + "/" + count));
    }

    List<String> expected = IntStream.range(0, ENTRIES).mapToObj(n -> n + "\t" + line(n)).toList();
    assertThat(together).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void holdAllUrlsOfAHostEachAndSomeHosts() {
    Map<String, Integer> parts = new HashMap<>();
    for (int index = 1; index <= 4; index++) {
      int part = index;
      for (String record : records("--shard=" + part + "/4")) {
        int n = urlnum(record);
        if (n % 8 < 5 || n % 8 == 7) {
          assertThat(parts.computeIfAbsent("host" + n % 50, _ -> part)).isEqualTo(part);
        }
      }
    }

    assertThat(parts).hasSize(50);
    for (int index = 1; index <= 4; index++) {
      int part = index;
      assertThat(parts.values().stream().filter(of -> of == part)).hasSizeBetween(5, 20);
    }
  }

  @Test
  void comeInInputOrderIfAskedTo() {
    for (int index = 1; index <= 3; index++) {
      List<String> records = records("--ordered", "--shard=" + index + "/3");

      assertThat(records.stream().map(ShardsTest::urlnum).toList()).isSorted().isNotEmpty();
    }
  }

  @Test
  void takeTheirShareOfTheFirstEntries() {
    List<String> together = new ArrayList<>();
    for (int index = 1; index <= 3; index++) {
      together.addAll(records("--limit=100", "--shard=" + index + "/3"));
    }

    assertThat(together.stream().map(ShardsTest::urlnum).toList())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void eachTaskOfAnArrayWritesAFileOfItsOwn(@TempDir Path directory) throws IOException {
    List<String> together = new ArrayList<>();
    for (int task = 0; task < 12; task++) {
      Map<String, String> environment =
          Map.of("BATCH_TASK_INDEX", Integer.toString(task), "BATCH_TASK_COUNT", "12");
      InProcess.fetch(
          list().getBytes(StandardCharsets.UTF_8),
          environment,
          "--shard=auto",
          "-q",
          "-x",
          "127.0.0.1:" + proxy.port(),
          "--noproxy=none.invalid",
          "-ftsv",
          "--fields=urlnum,input",
          "-o",
          directory.resolve("part-{shard}.tsv").toString());
    }
    for (int part = 1; part <= 12; part++) {
      Path file = directory.resolve((part < 10 ? "part-0" : "part-") + part + ".tsv");
      List<String> lines = Files.readAllLines(file);
      together.addAll(lines.subList(1, lines.size()));
    }

    List<String> expected = IntStream.range(0, ENTRIES).mapToObj(n -> n + "\t" + line(n)).toList();
    assertThat(together).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void byDomainHoldAllHostsOfADomainEach() {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 200; n++) {
      list.append("http://h").append(n).append(".d").append(n % 20).append(".co.uk/\n");
    }
    Map<String, Integer> parts = new HashMap<>();
    int records = 0;
    for (int index = 1; index <= 4; index++) {
      int part = index;
      for (String input : inputs(list.toString(), "--by=domain", "--shard=" + index + "/4")) {
        String domain = input.substring(input.indexOf(".d"));
        assertThat(parts.computeIfAbsent(domain, _ -> part)).isEqualTo(part);
        records++;
      }
    }

    assertThat(records).isEqualTo(200);
    assertThat(parts).hasSize(20);
    assertThat(new HashSet<>(parts.values())).hasSize(4);
  }

  private List<String> inputs(String list, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-x", "127.0.0.1:" + proxy.port(), "--noproxy=none.invalid"));
    all.addAll(List.of("-q", "-ftext", "--fields=input"));
    return InProcess.fetch(list, all.toArray(String[]::new)).records();
  }

  @Test
  void byDomainNeedsAShard() {
    Ended ended = InProcess.fetch("", "--by=domain");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--by needs --shard");
  }

  @Test
  void aNameWithAPlaceForTheShardNeedsAShard() {
    Ended ended = InProcess.fetch("", "-o", "part-{shard}.tsv");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--output: {shard} needs --shard");
  }
}

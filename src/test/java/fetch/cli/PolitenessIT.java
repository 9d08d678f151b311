package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the built program treats many hosts, which are all one on loopback. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the many loopback addresses of Linux")
class PolitenessIT {
  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = new Site("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    site.close();
  }

  private Path list(List<String> urls) throws IOException {
    return Files.write(directory.resolve("list"), urls);
  }

  /** The list's first host does not answer before all others are done. */
  @ParameterizedTest
  @EnumSource(value = StrategyKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SERIAL")
  void finishesAListSortedByHostAsIfTheSlowHostWereNotThere(StrategyKind strategy)
      throws IOException {
    int hosts = 100;
    int each = 100;
    List<String> urls = new ArrayList<>();
    for (int host = 1; host <= hosts; host++) {
      for (int n = 0; n < each; n++) {
        urls.add(site.url("127.0.1." + host, (host == 1 ? "/gate/" : "/quick/") + n));
      }
    }
    ProcessBuilder builder =
        Program.builder(
            Program.executable(),
            "-s" + strategy,
            "-w50",
            "--per-host=2",
            "-q",
            "--fields=urlnum",
            "" + list(urls));
    try (Program fetch = Program.startUnread(builder)) {
      Set<Integer> urlnums = new HashSet<>();
      for (int n = 0; n < (hosts - 1) * each; n++) {
        urlnums.add(Integer.valueOf(fetch.readLine()));
      }
      assertThat(urlnums).hasSize((hosts - 1) * each).allMatch(urlnum -> urlnum >= each);

      site.openGate();
      fetch.readOutput();
      assertThat(fetch.await().records()).hasSize(each);
    }
  }

  @Test
  void asksAHostForNoMoreAtOnceThanAllowed() throws IOException {
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      urls.add(site.url("127.0.0.1", "/after/20/" + n));
    }

    assertThat(Program.run("-w50", "--per-host=3", "" + list(urls)).code()).isZero();

    assertThat(site.mostInFlight()).isEqualTo(3);
  }

  private List<Long> starts(Ended ended) {
    return ended.records().stream()
        .map(record -> Instant.parse(record).toEpochMilli())
        .sorted()
        .toList();
  }

  @Test
  void holdsTheRateUnderEveryStrategy() throws IOException {
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < 201; n++) {
      urls.add(site.url("127.0.0." + (1 + n % 7), "/" + n));
    }
    Path list = list(urls);
    List<Program> programs = new ArrayList<>();
    try {
      for (StrategyKind strategy : StrategyKind.values()) {
        programs.add(
            Program.start("-s" + strategy, "--rate=100/s", "--fields=time_start", "" + list));
      }
      for (Program program : programs) {
        List<Long> starts = starts(program.await());

        assertThat(starts).hasSize(201);
        assertThat(starts.getLast() - starts.getFirst()).isBetween(1890L, 2600L);
        for (int n = 0; n + 100 < starts.size(); n++) {
          assertThat(starts.get(n + 100) - starts.get(n)).isGreaterThan(850);
        }
      }
    } finally {
      programs.forEach(Program::close);
    }
  }

  @Test
  void holdsTheRateOfEachHost() throws IOException {
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < 32; n++) {
      urls.add(site.url("127.0.0." + (1 + n % 2), "/" + n));
    }

    Ended ended = Program.run("--per-host-rate=10/s", "--fields=time_start", "" + list(urls));

    List<Long> starts = starts(ended);
    assertThat(starts.getLast() - starts.getFirst()).isBetween(1390L, 2500L);
    assertThat(starts.get(1) - starts.get(0)).as("both hosts at once").isLessThan(90);
  }

  @Test
  void holdsAHostBackThatAsksForItAndNoOther() throws IOException {
    List<String> urls = new ArrayList<>();
    urls.add(site.url("127.0.0.1", "/later/2/a"));
    for (int n = 1; n < 10; n++) {
      urls.add(site.url("127.0.0." + (1 + n % 2), "/" + n));
    }

    Ended ended =
        Program.run(
            "-w1", "-fcsv", "--ordered", "--fields=time_start,num_retries,url", "" + list(urls));

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("10 ok, 0 failed, 1 retry; ");
    List<String> records = ended.records().subList(1, 11);
    Instant first = Instant.parse(records.getFirst().split(",", 2)[0]);
    assertThat(records.getFirst()).contains(",1,");
    for (String record : records.subList(1, 10)) {
      Duration later = Duration.between(first, Instant.parse(record.split(",", 2)[0]));
      boolean asked = record.contains("127.0.0.1:");
      assertThat(later.toMillis()).isBetween(asked ? 1990L : 0L, asked ? 10_000L : 1900L);
    }
  }

  @Test
  void leavesADeadHostAloneAndNoOther() throws IOException {
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      urls.add("http://127.0.0.1:1/" + n);
      urls.add(site.url("127.0.0.1", "/" + n));
    }
    Path list = list(urls);

    Ended ended = Program.run("--fields=error,errormsg", "-fcsv", "--retry-delay=50ms", "" + list);
    List<String> records = ended.records();
    assertThat(records).hasSize(601);
    assertThat(records).filteredOn(record -> record.equals(",")).hasSize(300);
    int connects = (int) records.stream().filter(record -> record.startsWith("connect,")).count();
    assertThat(connects).isBetween(10, 10 + 16);
    assertThat(records)
        .filteredOn(record -> record.startsWith("host_down,") && record.contains("refused"))
        .hasSize(300 - connects);
    Ended stubborn = Program.run("--no-host-breaker", "--retry=0", "" + list);
    assertThat(stubborn.err()).contains(" 300 ok, 300 failed (300 connect); ");
  }
}

package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Outcome;
import fetch.Sample;
import fetch.Target;
import fetch.Timings;
import fetch.output.HostTallies.HostTally;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostCounterTest {
  private static final long MILLI = 1_000_000;

  private final HostCounter hosts = new HostCounter(100);

  private static FetchResult result(String host, boolean ok, int retries, long bytes, long millis) {
    String url = "http://" + host + "/";
    FetchRequest request = new FetchRequest(0, url, new Target(url, url, host, 80));
    Timings timings = new Timings(0, 0, 0, 0, 0, millis * MILLI);
    Failure failure = new Failure(FailureKind.HTTP_STATUS, "the server returned 500");
    return new FetchResult(
        request,
        "GET",
        ok ? null : failure,
        Sample.attempt(request, new Outcome.Responded(ok ? 200 : 500), bytes, timings),
        retries,
        0);
  }

  private void count(String host, int times) {
    for (int i = 0; i < times; i++) {
      hosts.count(result(host, true, 0, 0, 1));
    }
  }

  @Test
  void knowsNoHostAtFirst() {
    assertThat(hosts.top(10).top()).isEmpty();
    assertThat(hosts.top(10).others()).isZero();
  }

  @Test
  void namesThoseWithTheMostFailuresFirst() {
    count("good", 5);
    hosts.count(result("once", false, 0, 0, 1));
    hosts.count(result("bad", false, 0, 0, 1));
    hosts.count(result("bad", false, 0, 0, 1));
    hosts.count(result("also", false, 0, 0, 1));

    assertThat(hosts.top(2).worst()).extracting(HostTally::host).containsExactly("bad", "also");
  }

  @Test
  void countsEachHostByItself() {
    hosts.count(result("a", true, 1, 1000, 10));
    hosts.count(result("a", false, 2, 500, 10));
    hosts.count(result("a", true, 0, 0, 900));
    hosts.count(result("b", true, 0, 7, 10));

    assertThat(hosts.top(10).top()).extracting(HostTally::host).containsExactly("a", "b");
    HostTally tally = hosts.top(10).top().getFirst();
    assertThat(tally.urls()).isEqualTo(3);
    assertThat(tally.missed()).isZero();
    assertThat(tally.ok()).isEqualTo(2);
    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.retries()).isEqualTo(3);
    assertThat(tally.bytes()).isEqualTo(1500);
    assertThat(tally.times().p50()).isCloseTo(10 * MILLI, within(MILLI));
    assertThat(tally.times().p95()).isCloseTo(900 * MILLI, within(56 * MILLI));
  }

  @Test
  void namesThoseWithTheMostEntriesAndAmongEqualsThoseThatFailed() {
    count("few", 1);
    count("many", 9);
    count("some", 4);
    hosts.count(result("bad", false, 0, 0, 0));

    HostTallies top = hosts.top(3);
    assertThat(top.top()).extracting(HostTally::host).containsExactly("many", "some", "bad");
    assertThat(top.others()).isEqualTo(1);
    assertThat(top.exact()).isTrue();
  }

  @Test
  void leavesOutLinesThatNameNoHost() {
    hosts.count(
        new FetchResult(
            Sample.badLine(0), "GET", new Failure(FailureKind.INVALID_URL, "no URL"), null, 0, 0));

    assertThat(hosts.top(10).top()).isEmpty();
  }

  @Test
  void isExactUpToItsLimit() {
    for (int i = 0; i < 100; i++) {
      count("h" + i, 2);
    }

    assertThat(hosts.top(5).exact()).isTrue();
    assertThat(hosts.top(5).others()).isEqualTo(95);
    count("one more", 1);
    assertThat(hosts.top(5).exact()).isFalse();
  }

  @Test
  void findsTheBusyOnesAmongAnyNumberOfHosts() {
    Random random = new Random(5);
    Map<String, Long> truth = new HashMap<>();
    int entries = 200_000;
    for (int i = 0; i < entries; i++) {
      boolean busy = random.nextInt(10) < 3;
      String host = busy ? "busy" + random.nextInt(10) : "rare" + random.nextInt(100_000);
      truth.merge(host, 1L, Long::sum);
      count(host, 1);
    }

    HostTallies top = hosts.top(10);
    assertThat(top.top()).hasSize(10).allMatch(tally -> tally.host().startsWith("busy"));
    assertThat(top.top())
        .allSatisfy(tally ->
            assertThat(truth.get(tally.host()))
                .isBetween(tally.urls(), tally.urls() + tally.missed()));
    assertThat(hosts.top(1000).top())
        .hasSizeBetween(50, 100)
        .allMatch(tally -> tally.missed() <= entries / 50);
  }

  @Test
  void forgetsAmongEqualsThoseThatComeFirstByName() {
    HostCounter few = new HostCounter(4);
    for (String host : List.of("q", "a", "p", "b", "new")) {
      few.count(result(host, true, 0, 0, 1));
    }

    assertThat(few.top(10).top()).extracting(HostTally::host).containsExactly("new", "p", "q");
  }

  @Test
  void namesAmongEquallyBusyOnesThoseThatFailedFirst() {
    count("a", 2);
    hosts.count(result("b", false, 0, 0, 1));
    count("b", 1);
    hosts.count(result("c", false, 0, 0, 1));
    hosts.count(result("c", false, 0, 0, 1));

    assertThat(hosts.top(10).top()).extracting(HostTally::host).containsExactly("c", "b", "a");
  }

  @Test
  void namesAsWorstOnlyThoseThatFailedAndNotTheBusiestFirst() {
    count("good", 9);
    count("busy", 5);
    hosts.count(result("busy", false, 0, 0, 1));
    hosts.count(result("bad", false, 0, 0, 1));
    hosts.count(result("bad", false, 0, 0, 1));

    assertThat(hosts.top(10).worst()).extracting(HostTally::host).containsExactly("bad", "busy");
  }
}

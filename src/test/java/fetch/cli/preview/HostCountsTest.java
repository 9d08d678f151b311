package fetch.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.preview.HostCounts.Count;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HostCountsTest {
  @Test
  void areExactWhileThereIsRoom() {
    HostCounts counts = new HostCounts(3);
    for (String host : "a b c b c c".split(" ", -1)) {
      counts.add(host);
    }

    assertThat(counts.exact()).isTrue();
    assertThat(counts.distinct()).isEqualTo(3);
    assertThat(counts.biggest(2)).containsExactly(new Count("c", 3), new Count("b", 2));
  }

  @Test
  void nameThoseOfTheSameSizeInAlphabeticalOrder() {
    HostCounts counts = new HostCounts(10);
    for (String host : "d a c b".split(" ", -1)) {
      counts.add(host);
    }

    assertThat(counts.biggest(10)).extracting(Count::host).containsExactly("a", "b", "c", "d");
  }

  /** Whatever the order, a host with more URLs than are missing is there, and not overrated. */
  @Test
  void missNoMoreThanTheySayBeyondTheirRoom() {
    Random random = new Random(7);
    HostCounts counts = new HostCounts(50);
    Map<String, Long> truth = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String host = "h" + (long) Math.pow(1000, random.nextDouble());
      counts.add(host);
      truth.merge(host, 1L, Long::sum);
    }

    assertThat(counts.exact()).isFalse();
    assertThat(counts.missing()).isBetween(1L, 20_000L / 50);
    Map<String, Long> counted = new HashMap<>();
    counts.biggest(1000).forEach(count -> counted.put(count.host(), count.urls()));
    assertThat(counted).hasSizeLessThanOrEqualTo(50);
    truth.forEach((host, urls) ->
        assertThat(counted.getOrDefault(host, 0L)).isBetween(urls - counts.missing(), urls));
    assertThat(counted).containsKeys("h1", "h2", "h3");
  }

  @Test
  void estimateHowManyThereAre() {
    for (int hosts : new int[] {60_000, 500_000, 2_000_000}) {
      HostCounts counts = new HostCounts(50_000);
      for (int i = 0; i < hosts; i++) {
        counts.add("www" + i + ".example.org");
      }

      assertThat(counts.exact()).isFalse();
      assertThat(counts.distinct()).isCloseTo(hosts, Percentage.withPercentage(3));
    }
  }

  @Test
  void doNotTakeAHostThatComesAgainForAnother() {
    HostCounts counts = new HostCounts(50_000);
    for (int i = 0; i < 300_000; i++) {
      counts.add("www" + i % 60_000 + ".example.org");
    }

    assertThat(counts.distinct()).isCloseTo(60_000, Percentage.withPercentage(3));
  }
}

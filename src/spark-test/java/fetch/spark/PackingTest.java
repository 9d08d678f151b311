package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How hosts are packed into parts. */
class PackingTest {
  private static long[] loads(Packing packing, Map<String, Long> hosts) {
    long[] loads = new long[packing.parts()];
    hosts.forEach((host, weight) -> {
      for (long urlnum = 0; urlnum < weight; urlnum++) {
        loads[packing.part(host, urlnum)]++;
      }
    });
    return loads;
  }

  private static Map<String, Long> equalHosts(int count, long weight) {
    Map<String, Long> hosts = new HashMap<>();
    IntStream.range(0, count).forEach(i -> hosts.put("127.0.0." + i, weight));
    return hosts;
  }

  @Test
  void fillsThePartsEvenlyWithWholeHosts() {
    Map<String, Long> hosts = equalHosts(50, 400);

    Packing packing = Packing.of(hosts, new long[8], _ -> Integer.MAX_VALUE);

    assertThat(Arrays.stream(loads(packing, hosts))).allMatch(load -> load >= 2400 && load <= 2800);
    assertThat(packing.shared()).isEmpty();
  }

  @Test
  void spreadsAHostWithMoreThanAPartsShareOverSeveral() {
    Map<String, Long> hosts = equalHosts(60, 100);
    hosts.put("big.example", 4000L);

    Packing packing = Packing.of(hosts, new long[10], _ -> Integer.MAX_VALUE);

    assertThat(packing.shared()).containsExactly(Map.entry("big.example", 4));
    assertThat(Arrays.stream(loads(packing, hosts))).allMatch(load -> load >= 850 && load <= 1150);
  }

  @Test
  void sharesAHostAmongNoMorePartsThanMaySendItARequest() {
    Map<String, Long> hosts = Map.of("big.example", 4000L, "two.example", 4000L, "a.example", 1L);

    Packing packing = Packing.of(hosts, new long[10], host -> host.equals("big.example") ? 1 : 2);

    assertThat(packing.shared()).containsExactly(Map.entry("two.example", 2));
    assertThat(packing.heavy().get("big.example")).hasSize(1);
    assertThat(packing.heavy().get("two.example")).doesNotHaveDuplicates();
  }

  @Test
  void leavesRoomForHostsThatGoByTheirHash() {
    Packing packing = Packing.of(Map.of("a.example", 50L), new long[] {100, 10, 100}, _ -> 1);

    assertThat(packing.part("a.example", 7)).isEqualTo(1);
    assertThat(packing.part("light.example", 7)).isBetween(0, 2);
    assertThat(packing.part("light.example", 8)).isEqualTo(packing.part("light.example", 7));
  }
}

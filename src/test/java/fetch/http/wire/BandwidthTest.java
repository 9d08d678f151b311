package fetch.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated: no time passes but that of the clock. */
class BandwidthTest {
  private static final long RATE = 1_000_000;
  private static final int SECONDS = 10;

  private final FakeClock clock = new FakeClock();
  private final Bandwidth bandwidth = new Bandwidth(RATE, clock);

  /** A server that sends so many bytes a second to a connection, which reads all it may. */
  private final class Connection {
    private final double bytesPerSecond;
    private final long start = clock.nanoTime();
    private long received;
    private long next = start;

    Connection(double bytesPerSecond) {
      this.bytesPerSecond = bytesPerSecond;
    }

    /** Reads what has come by now, and says when it reads again. */
    void read() {
      long sent = (long) (bytesPerSecond * (clock.nanoTime() - start) / 1e9);
      int n = (int) Math.min(bandwidth.turn(), sent - received);
      received += Math.max(0, n);
      long wait = n <= 0 ? Duration.ofMillis(1).toNanos() : bandwidth.charge(n);
      next = clock.nanoTime() + Math.max(1, wait);
    }
  }

  private List<Connection> run(double... speeds) {
    List<Connection> all = new ArrayList<>();
    for (double speed : speeds) {
      all.add(new Connection(speed));
    }
    PriorityQueue<Connection> queue = new PriorityQueue<>(Comparator.comparingLong(c -> c.next));
    queue.addAll(all);
    long end = clock.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (queue.element().next < end) {
      Connection turn = queue.remove();
      clock.advanceNanos(Math.max(0, turn.next - clock.nanoTime()));
      turn.read();
      queue.add(turn);
    }
    return all;
  }

  private static long total(List<Connection> connections) {
    return connections.stream().mapToLong(connection -> connection.received).sum();
  }

  @Test
  void fastConnectionsGetTheSame() {
    List<Connection> all = run(1e9, 1e9, 1e8, 1e9);
    assertThat(all)
        .allSatisfy(connection ->
            assertThat(connection.received)
                .isCloseTo(RATE * SECONDS / 4, Percentage.withPercentage(5)));
  }

  @Test
  void whatSlowOnesDoNotUseGoesToTheOthers() {
    List<Connection> all = run(10_000, 1e9, 1e9, 10_000);
    assertThat(all.getFirst().received).isCloseTo(10_000 * SECONDS, Percentage.withPercentage(5));
    assertThat(all.get(1).received)
        .isCloseTo((RATE - 20_000) * SECONDS / 2, Percentage.withPercentage(5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000})
  void allTogetherReceiveNoMoreThanTheRate(int connections) {
    double[] speeds = new double[connections];
    Arrays.fill(speeds, 1e9);
    assertThat(total(run(speeds)))
        .isBetween(
            RATE * SECONDS * 9 / 10,
            RATE * SECONDS + RATE / 4 + (long) connections * bandwidth.turn());
  }

  @Test
  void aPauseSavesUpAQuarterOfASecond() {
    run(1e9);
    clock.advanceNanos(Duration.ofHours(1).toNanos());
    assertThat(bandwidth.charge(250_000)).isZero();
    assertThat(bandwidth.charge(1_000_000)).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void aSlowRateIsReadInSmallTurns() {
    assertThat(new Bandwidth(1000, clock).turn()).isEqualTo(64);
    assertThat(new Bandwidth(100_000, clock).turn()).isEqualTo(2000);
    assertThat(new Bandwidth(Long.MAX_VALUE, clock).turn()).isEqualTo(8192);
    assertThat(new Bandwidth(Long.MAX_VALUE, clock).charge(8192)).isZero();
  }
}

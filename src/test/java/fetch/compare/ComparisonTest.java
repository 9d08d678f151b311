package fetch.compare;

import static fetch.compare.Measurements.POOL_4;
import static fetch.compare.Measurements.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChangeDetectorTest {
  private static final RunPlan PLAN = new RunPlan(List.of(SERIAL, POOL_4), 2);

  private final FakeRunner runner = new FakeRunner();
  private final RecordingProgress progress = new RecordingProgress();
  private final Comparison comparison = new Comparison(PLAN, Duration.ZERO, runner, progress);

  @Test
  void runsRoundAfterRound() throws Exception {
    List<Trial> trials = comparison.run();

    assertThat(trials).extracting(Trial::setting).containsExactly(SERIAL, POOL_4, POOL_4, SERIAL);
    assertThat(runner.ran).containsExactly(SERIAL, POOL_4, POOL_4, SERIAL);
    assertThat(comparison.isStopped()).isFalse();
  }

  @Test
  void doesNotCountTheWarmUp() throws Exception {
    assertThat(comparison.warmUp()).isInstanceOf(Trial.Measured.class);

    assertThat(runner.ran).containsExactly(POOL_4);
    assertThat(comparison.run()).hasSize(4);
  }

  @Test
  void saysWhyTheWarmUpFailed() throws Exception {
    Trial.Failed failed = new Trial.Failed(3, "no such list");
    runner.ending(POOL_4, failed);

    assertThat(comparison.warmUp()).isEqualTo(failed);
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    comparison.warmUp();
    comparison.run();

    assertThat(progress.told)
        .containsExactly(
            "warming up pool 4",
            "1/4 serial",
            "ended serial",
            "2/4 pool 4",
            "ended pool 4",
            "3/4 pool 4",
            "ended pool 4",
            "4/4 serial",
            "ended serial",
            "over");
  }

  @Test
  void keepsWhatIsDoneWhenItIsStoppedAndNothingOfTheRunUnderWay() throws Exception {
    runner.during(3, comparison::stop);
    List<Trial> trials = comparison.run();

    assertThat(trials).extracting(Trial::setting).containsExactly(SERIAL, POOL_4);
    assertThat(runner.ran).hasSize(3);
    assertThat(runner.stopped()).isTrue();
    assertThat(progress.told).endsWith("3/4 pool 4", "over");
  }

  @Test
  void stopsWithItsRunWhenThatWasInterrupted() throws Exception {
    runner.ending(POOL_4, new Trial.Failed(130, "interrupted"));

    assertThat(comparison.run()).extracting(Trial::setting).containsExactly(SERIAL);
    assertThat(comparison.isStopped()).isTrue();
  }

  @Test
  void goesOnAfterARunThatFailed() throws Exception {
    runner.ending(POOL_4, new Trial.Failed(70, "a bug"));

    assertThat(comparison.run()).hasSize(4);
  }

  @Test
  void isStoppedInTheMidstOfAPause() throws Exception {
    Comparison slow = new Comparison(PLAN, Duration.ofDays(1), runner, progress);
    CompletableFuture<List<Trial>> trials = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            trials.complete(slow.run());
          } catch (Exception e) {
            trials.completeExceptionally(e);
          }
        });
    assertThat(trials).isNotDone();
    slow.stop();

    assertThat(trials.get(10, TimeUnit.SECONDS)).isEmpty();
  }
}

package fetch.compare;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static final List<StrategyKind> ALL = List.of(StrategyKind.values());

  private static List<String> names(List<Setting> settings) {
    return settings.stream().map(Setting::toString).toList();
  }

  @Test
  void runsSerialOnceWhateverTheNumbersOfWorkers() {
    RunPlan plan = RunPlan.of(ALL, List.of(4, 16), 3);

    assertThat(names(plan.settings()))
        .containsExactly(
            "serial", "pool 4", "pool 16", "virtual 4", "virtual 16", "async 4", "async 16");
    assertThat(plan.total()).isEqualTo(21);
  }

  @Test
  void runsEverySettingOnceInEachRound() {
    RunPlan plan = RunPlan.of(ALL, List.of(4, 6, 8), 5);

    for (int round = 0; round < 5; round++) {
      assertThat(plan.round(round)).containsExactlyInAnyOrderElementsOf(plan.settings());
    }
  }

  @Test
  void beginsEachRoundElsewhere() {
    for (int runs = 1; runs <= 10; runs++) {
      RunPlan plan = RunPlan.of(ALL, List.of(4, 6, 8), runs);
      List<Setting> firsts = new ArrayList<>();
      for (int round = 0; round < runs; round++) {
        firsts.add(plan.round(round).getFirst());
      }

      assertThat(firsts).as(runs + " rounds").startsWith(plan.settings().getFirst());
      assertThat(firsts).as(runs + " rounds").doesNotHaveDuplicates();
    }
  }

  @Test
  void staysInTheListHoweverManyRoundsThereAre() {
    RunPlan plan = RunPlan.of(List.of(StrategyKind.SERIAL), List.of(4), 7);

    assertThat(names(plan.round(6))).containsExactly("serial");
  }

  @Test
  void warmsUpWithTheMostWorkers() {
    assertThat(RunPlan.of(ALL, List.of(4, 16, 8), 1).warmUp()).hasToString("pool 16");
  }

  @Test
  void asksFetchForWorkersOnlyWhereThereAreAny() {
    assertThat(Measurements.POOL_4.options()).containsExactly("-s", "pool", "-w", "4");
    assertThat(Measurements.SERIAL.options()).containsExactly("-s", "serial");
  }
}

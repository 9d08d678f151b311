package fetch.compare;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison has come to.
 *
 * @param planned how many runs there were to be
 * @param done how many there were
 */
public record ComparisonResults(List<SettingResult> rows, int planned, int done) {
  /** In the order of the plan, whatever the order of the runs. */
  public static ComparisonResults of(RunPlan plan, List<Trial> trials) {
    List<SettingResult> rows =
        plan.settings().stream().map(setting -> SettingResult.of(setting, trials)).toList();
    return new ComparisonResults(rows, plan.total(), trials.size());
  }

  /** Those with something to compare. */
  List<SettingResult> measured() {
    return rows.stream().filter(SettingResult::isMeasured).toList();
  }

  /** Whether each setting was measured, or had no chance to be. */
  public boolean hasNoFailure() {
    return rows.stream().allMatch(row -> row.isMeasured() || row.mishaps().isEmpty());
  }

  /** How many times as fast as serial; NaN where serial is not known. */
  double speedUp(SettingResult row) {
    SettingResult serial = serial();
    return serial == null ? Double.NaN : serial.wall().median() / row.wall().median();
  }

  @Nullable SettingResult serial() {
    return measured().stream().filter(row -> row.setting().isSerial()).findFirst().orElse(null);
  }

  /**
   * What the figures mean.
   *
   * @param command the command for a setting
   */
  public Conclusion conclusion(Function<Setting, String> command) {
    return new Conclusion(Warnings.of(this), Advice.of(this, command));
  }
}

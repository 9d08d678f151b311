package fetch.compare;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the results of a comparison.
 *
 * @param planned the number of planned runs
 * @param done the number of finished runs
 */
public record ComparisonResults(List<SettingResult> rows, int planned, int done) {
  /** The results in the order of the plan. */
  public static ComparisonResults of(RunPlan plan, List<Trial> trials) {
    List<SettingResult> rows =
        plan.settings().stream().map(setting -> SettingResult.of(setting, trials)).toList();
    return new ComparisonResults(rows, plan.total(), trials.size());
  }

  /** The settings with at least one successful run. */
  List<SettingResult> measured() {
    return rows.stream().filter(SettingResult::isMeasured).toList();
  }

  /** Whether no setting failed in all its runs. */
  public boolean hasNoFailure() {
    return rows.stream().allMatch(row -> row.isMeasured() || row.mishaps().isEmpty());
  }

  /** The speed-up over serial; NaN if serial was not measured. */
  double speedUp(SettingResult row) {
    SettingResult serial = serial();
    return serial == null ? Double.NaN : serial.wall().median() / row.wall().median();
  }

  @Nullable SettingResult serial() {
    return measured().stream().filter(row -> row.setting().isSerial()).findFirst().orElse(null);
  }

  /**
   * The interpretation of the figures.
   *
   * @param command the command for a setting
   */
  public Conclusion conclusion(Function<Setting, String> command) {
    return new Conclusion(Warnings.of(this), Advice.of(this, command));
  }
}

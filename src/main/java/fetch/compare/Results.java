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
public record Results(List<Row> rows, int planned, int done) {
  /** In the order of the plan, whatever the order of the runs. */
  public static Results of(Plan plan, List<Trial> trials) {
    List<Row> rows = plan.settings().stream().map(setting -> Row.of(setting, trials)).toList();
    return new Results(rows, plan.total(), trials.size());
  }

  /** Those with something to compare. */
  List<Row> measured() {
    return rows.stream().filter(Row::isMeasured).toList();
  }

  /** Whether each setting was measured, or had no chance to be. */
  public boolean hasNoFailure() {
    return rows.stream().allMatch(row -> row.isMeasured() || row.mishaps().isEmpty());
  }

  /** How many times as fast as serial; NaN where serial is not known. */
  double speedUp(Row row) {
    Row serial = serial();
    return serial == null ? Double.NaN : serial.wall().median() / row.wall().median();
  }

  @Nullable Row serial() {
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

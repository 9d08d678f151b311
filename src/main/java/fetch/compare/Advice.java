package fetch.compare;

import fetch.report.FigureFormat;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recommends a setting.
 *
 * @param sentence the reason
 * @param command the shell command with this setting
 */
public record Advice(Setting setting, String sentence, String command) {
  /** Up to this factor, a setting counts as fast as the fastest. */
  private static final double AS_FAST = 1.05;

  /** Up to this factor, processor time counts as equal: smaller differences are chance. */
  private static final double AS_CHEAP = 1.1;

  /**
   * Picks the cheapest of the settings that are as fast as the fastest: least processor time, then
   * fewest workers, then least memory. Ignores settings in which more URLs failed than in others.
   *
   * @param command the command for a setting
   * @return null if nothing was measured
   */
  static @Nullable Advice of(ComparisonResults results, Function<Setting, String> command) {
    List<SettingResult> sound = leastFailed(results.measured());
    if (sound.isEmpty()) {
      return null;
    }
    double fastest = least(sound, Advice::wall);
    List<SettingResult> fast =
        sound.stream().filter(row -> wall(row) <= AS_FAST * fastest).toList();
    double cheapest = least(fast, SettingResult::processor);
    SettingResult best =
        fast.stream()
            .filter(row -> !(row.processor() > AS_CHEAP * cheapest))
            .min(
                Comparator.comparingInt(Advice::workers)
                    .thenComparingDouble(SettingResult::peakMemory))
            .orElseThrow();
    return new Advice(
        best.setting(), sentence(best, fastest, sound.size()), command.apply(best.setting()));
  }

  private static List<SettingResult> leastFailed(List<SettingResult> rows) {
    long fewest = rows.stream().mapToLong(SettingResult::failed).min().orElse(0);
    return rows.stream().filter(row -> row.failed() == fewest).toList();
  }

  private static double least(
      List<SettingResult> rows, java.util.function.ToDoubleFunction<SettingResult> measure) {
    return Spread.of(rows, measure).least();
  }

  private static double wall(SettingResult row) {
    return row.wall().median();
  }

  private static int workers(SettingResult row) {
    return row.workers();
  }

  private static String sentence(SettingResult best, double fastest, int among) {
    String cost =
        FigureFormat.seconds(wall(best))
            + " s, "
            + FigureFormat.seconds(best.processor())
            + " s of CPU, "
            + FigureFormat.megabytes(best.peakMemory())
            + " MB";
    if (among == 1) {
      return best.setting() + " took " + cost + ".";
    }
    return wall(best) == fastest
        ? best.setting() + " is the fastest, and no other within 5% of it is cheaper: " + cost + "."
        : best.setting()
            + " is the cheapest within 5% of the fastest ("
            + FigureFormat.seconds(fastest)
            + " s): "
            + cost
            + ".";
  }
}

package fetch.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists the figures of a setting by name, for programs: times in seconds, memory in bytes, null if
 * unknown.
 */
final class NamedValues {
  private static final int MILLIS = 3;
  private static final int MICROS = 6;

  private final Map<String, @Nullable Object> byName = new LinkedHashMap<>();

  private NamedValues() {}

  static Map<String, @Nullable Object> of(SettingResult row, ComparisonResults results) {
    NamedValues values = new NamedValues();
    values.put(row, results);
    return values.byName;
  }

  /** A number, or the word auto. */
  static Object workers(Setting setting) {
    return setting.isAuto() ? setting.shownWorkers() : setting.workers();
  }

  private void put(SettingResult row, ComparisonResults results) {
    Spread wall = row.wall();
    byName.put("strategy", row.setting().strategy().toString());
    byName.put("workers", workers(row.setting()));
    byName.put("runs", row.runs().size());
    number("wall", wall.median(), MILLIS);
    number("wall_min", wall.least(), MILLIS);
    number("wall_max", wall.most(), MILLIS);
    number("speed_up", row.isMeasured() ? results.speedUp(row) : Double.NaN, 2);
    number("urls_per_second", row.urlsPerSecond(), 1);
    number("user", row.user(), 2);
    number("system", row.system(), 2);
    number("peak_memory", row.peakMemory(), 0);
    percentile("p50", row, 50);
    percentile("p95", row, 95);
    percentile("p99", row, 99);
    number("urls", row.urls(), 0);
    byName.put("failed", row.isMeasured() ? row.failed() : null);
    byName.put("throttled", row.isMeasured() ? row.throttled() : null);
    byName.put("error", row.mishaps().isEmpty() ? null : row.mishaps().getFirst());
  }

  private void percentile(String name, SettingResult row, double percent) {
    number(name, row.isMeasured() ? row.latencies().percentile(percent) : Double.NaN, MICROS);
  }

  private void number(String name, double value, int decimals) {
    byName.put(
        name,
        Double.isFinite(value)
            ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP)
            : null);
  }
}

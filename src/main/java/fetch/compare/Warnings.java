package fetch.compare;

import fetch.Quantity;
import fetch.compare.Figures.Slowest;
import fetch.compare.Trial.Measured;
import fetch.report.FigureFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Warns of reasons why the figures may mislead. */
final class Warnings {
  /** Runs with a larger range, relative to their median, vary too much. */
  private static final double WIDE = 0.2;

  /** In a shorter run, in seconds, the start of Java dominates. */
  private static final double SHORT = 0.5;

  /** The part of a run's time that one URL may take. */
  private static final double BOUND = 0.5;

  private static final int MOST_NAMED = 3;

  private final ComparisonResults results;
  private final List<SettingResult> measured;
  private final List<String> warnings = new ArrayList<>();

  private Warnings(ComparisonResults results) {
    this.results = results;
    this.measured = results.measured();
  }

  /** One sentence for each reason, the most serious first. */
  static List<String> of(ComparisonResults results) {
    Warnings all = new Warnings(results);
    all.ofMishaps();
    all.ofFailures();
    all.ofThrottling();
    all.ofFewerWorkers();
    all.ofOneSlowUrl();
    all.ofSpread();
    all.ofShortness();
    return all.warnings;
  }

  private void ofMishaps() {
    for (SettingResult row : results.rows()) {
      if (!row.mishaps().isEmpty()) {
        int all = row.mishaps().size() + row.runs().size();
        warnings.add(
            "%s failed in %d of %s: %s"
                .formatted(
                    row.setting(),
                    row.mishaps().size(),
                    Quantity.of(all, "run"),
                    row.mishaps().getFirst()));
      }
    }
  }

  private void ofFailures() {
    Comparator<SettingResult> byFailures = Comparator.comparingLong(SettingResult::failed);
    if (measured.stream().mapToLong(SettingResult::failed).distinct().count() > 1) {
      SettingResult most = measured.stream().max(byFailures).orElseThrow();
      SettingResult fewest = measured.stream().min(byFailures).orElseThrow();
      warnings.add(
          "not all settings did the same work: of %s, %d failed with %s and %d with %s"
              .formatted(
                  Quantity.of(Math.round(most.urls()), "URL"),
                  most.failed(),
                  most.setting(),
                  fewest.failed(),
                  fewest.setting()));
    }
  }

  private void ofThrottling() {
    List<SettingResult> throttled = having(row -> row.throttled() > 0);
    if (!throttled.isEmpty()) {
      long times = throttled.stream().mapToLong(SettingResult::throttled).sum();
      warnings.add(
          "servers responded with 429 (too many requests) %s, to %s: the times show their limit;"
                  .formatted(times == 1 ? "once" : times + " times", names(throttled))
              + " stay below it with --per-host-rate, or give them time with --pause");
    }
  }

  private void ofFewerWorkers() {
    List<SettingResult> cut =
        having(row -> row.runs().getFirst().figures().workers() < row.workers());
    if (!cut.isEmpty()) {
      warnings.add(
          "the limit of open files left room for %s only, with %s; see ulimit -n"
              .formatted(
                  Quantity.of(cut.getFirst().runs().getFirst().figures().workers(), "worker"),
                  names(cut)));
    }
  }

  /** Checks only the fastest setting, because serial is bound by each URL. */
  private void ofOneSlowUrl() {
    Comparator<SettingResult> bySpeed = Comparator.comparingDouble(row -> row.wall().median());
    List<SettingResult> parallel = having(row -> !row.setting().isSerial());
    parallel.stream().min(bySpeed).map(Warnings::boundByOneUrl).ifPresent(warnings::add);
  }

  private static @Nullable String boundByOneUrl(SettingResult row) {
    for (Measured run : row.runs()) {
      Slowest slowest = run.figures().slowest();
      boolean alone = run.figures().urls() > row.workers();
      if (alone && slowest != null && slowest.seconds() > BOUND * run.seconds()) {
        return "one slow URL bounds the time with any setting: %s took %s of the %s s of %s"
            .formatted(
                slowest.url(),
                FigureFormat.seconds(slowest.seconds()),
                FigureFormat.seconds(run.seconds()),
                row.setting());
      }
    }
    return null;
  }

  private void ofSpread() {
    List<SettingResult> wide = having(row -> row.wall().relative() > WIDE);
    if (!wide.isEmpty()) {
      Comparator<SettingResult> byWidth = Comparator.comparingDouble(row -> row.wall().relative());
      SettingResult widest = wide.stream().max(byWidth).orElseThrow();
      warnings.add(
          "the runs of %s are more than %.0f%% apart, %s%s to %s s: take a"
                  .formatted(
                      names(wide),
                      WIDE * 100,
                      wide.size() == 1 ? "" : "most of all those of " + widest.setting() + ", ",
                      FigureFormat.seconds(widest.wall().least()),
                      FigureFormat.seconds(widest.wall().most()))
              + " quieter machine or network, or more --runs");
    }
  }

  private void ofShortness() {
    List<SettingResult> brief = having(row -> row.wall().median() < SHORT);
    if (!brief.isEmpty()) {
      warnings.add(
          "%s ran for less than %.1f s, most of which is the start of Java: take a longer list"
              .formatted(names(brief), SHORT));
    }
  }

  private List<SettingResult> having(Predicate<SettingResult> condition) {
    return measured.stream().filter(condition).toList();
  }

  private static String names(Collection<SettingResult> rows) {
    String names =
        rows.stream()
            .limit(MOST_NAMED)
            .map(row -> row.setting().toString())
            .collect(Collectors.joining(", "));
    return rows.size() > MOST_NAMED
        ? names + " and " + (rows.size() - MOST_NAMED) + " more"
        : names;
  }
}

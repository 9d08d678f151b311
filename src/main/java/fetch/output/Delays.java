package fetch.output;

import fetch.Limit;
import fetch.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What delayed a run.
 *
 * @param lookupShare the part of their time that workers waited for name look-ups
 * @param limits how long limits held entries back, in nanoseconds
 */
public record Delays(double lookupShare, Map<Limit, Long> limits) {
  /** For unfinished runs and for results from files. */
  public static final Delays NONE = new Delays(0, Map.of());

  private static final double NANOS = 1e9;
  private static final double MUCH = 0.5;

  /** The part of a run from which on a limit is reported. */
  private static final double SOME = 0.1;

  public Delays {
    limits = Map.copyOf(limits);
  }

  /** Lines below the summary for causes of long delays; empty if there are none. */
  String text(Tally tally) {
    return lookups(tally) + limits(tally);
  }

  private String lookups(Tally tally) {
    return lookupShare < MUCH || tally.elapsedNanos() < NANOS
        ? ""
        : String.format(
            Locale.ROOT,
            "\nworkers waited for name look-ups %.0f%% of the time; see --dns-servers",
            100 * lookupShare);
  }

  private String limits(Tally tally) {
    double least = Math.max(NANOS, SOME * tally.elapsedNanos());
    List<Limit> costly =
        List.of(Limit.values()).stream().filter(limit -> of(limit) >= least).toList();
    return costly.isEmpty()
        ? ""
        : costly.stream()
            .map(limit -> limit.label() + " " + QuantityFormat.duration(of(limit)))
            .collect(Collectors.joining(", ", "\ntime that limits held hosts back: ", ""));
  }

  private long of(Limit limit) {
    return limits.getOrDefault(limit, 0L);
  }

  /** Appends the members of a JSON object, each after a comma; times are in seconds. */
  void appendJson(ByteBuilder out) {
    out.append(String.format(Locale.ROOT, ",\"lookup_share\":%.3f", lookupShare));
    String before = ",\"waits\":{";
    for (Limit limit : Limit.values()) {
      out.append(before + "\"" + limit.key() + "\":");
      out.appendSeconds(of(limit), 3);
      before = ",";
    }
    out.append('}');
  }
}

package fetch.cli.options;

import fetch.compare.RunPlan;
import fetch.strategy.StrategyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;

/** Options that select what {@code fetch compare} runs. */
public final class CompareOptions implements OptionGroup {
  private static final int MOST_RUNS = 1000;

  private final OptionSpec strategies =
      OptionGroup.option(
              "A,B,C",
              "Compare these of serial, pool, virtual and async. Default: all four.",
              "-s",
              "--strategies")
          .type(Object.class)
          .converters(list(text -> Converters.choice(StrategyKind.class, text)))
          .completionCandidates(
              () -> Arrays.stream(StrategyKind.values()).map(StrategyKind::toString).iterator())
          .defaultValue("serial,pool,virtual,async")
          .build();
  private final OptionSpec workers =
      OptionGroup.option(
              "N,N,N",
              "Run each strategy except serial with these numbers of workers, or auto. Default:"
                  + " 4,8,16,32.",
              "-w",
              "--workers")
          .type(Object.class)
          .converters(list(StrategyOptions::count))
          .defaultValue("4,8,16,32")
          .build();
  private final OptionSpec runs =
      OptionGroup.option("N", "Run each combination N times. Default: 3.", "--runs")
          .type(int.class)
          .converters(Converters.of(text -> Math.toIntExact(Converters.number(text, 1, MOST_RUNS))))
          .defaultValue("3")
          .build();
  private final OptionSpec sample =
      OptionGroup.option(
              "N", "Fetch N random entries of the list, the same ones in each run.", "--sample")
          .type(Integer.class)
          .converters(Converters.of(Converters::count))
          .build();
  private final OptionSpec pause =
      OptionGroup.option("TIME", "Wait this long between runs. Default: 0.", "--pause")
          .type(Duration.class)
          .converters(Converters.of(Converters::duration))
          .defaultValue("0")
          .build();

  /** Parses values separated by commas, without duplicates. */
  private static <T> picocli.CommandLine.ITypeConverter<List<T>> list(Function<String, T> parser) {
    return Converters.of(text -> {
      List<T> values = new ArrayList<>();
      for (String word : text.split(",", -1)) {
        T value = parser.apply(word.strip());
        if (!values.contains(value)) {
          values.add(value);
        }
      }
      return values;
    });
  }

  @Override
  public String heading() {
    return "Comparison";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(strategies, workers, runs, sample, pause);
  }

  public RunPlan plan() {
    List<StrategyKind> kinds = strategies.getValue();
    List<Integer> counts = workers.getValue();
    return RunPlan.of(kinds, counts, runs.getValue());
  }

  /** How many entries to take; 0 for all. */
  public int sample() {
    Integer size = sample.getValue();
    return size == null ? 0 : size;
  }

  public Duration pause() {
    return pause.getValue();
  }
}

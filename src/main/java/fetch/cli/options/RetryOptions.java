package fetch.cli.options;

import fetch.engine.Settings;
import fetch.frontier.RetryPolicy;
import fetch.frontier.StatusSet;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Options for retries. */
public final class RetryOptions implements OptionGroup {
  private static final RetryPolicy DEFAULTS = Settings.DEFAULTS.retries();
  private static final int MOST_RETRIES = 1000;

  private final OptionSpec retry =
      OptionGroup.option(
              "N",
              "Retry GET and HEAD up to N times after connection failures, timeouts,"
                  + " and 408, 429, 500, 502, 503, 504. Default: "
                  + DEFAULTS.most()
                  + ".",
              "--retry")
          .type(int.class)
          .converters(
              Converters.of(text -> Math.toIntExact(Converters.number(text, 0, MOST_RETRIES))))
          .defaultValue(Integer.toString(DEFAULTS.most()))
          .build();
  private final OptionSpec retryDelay =
      OptionGroup.option(
              "TIME",
              "Upper bound of the first back-off; doubles with each retry. The actual"
                  + " wait is random (full jitter). Default: "
                  + Defaults.of(DEFAULTS.delay())
                  + ".",
              "--retry-delay")
          .type(Duration.class)
          .converters(Converters.of(Converters::duration))
          .defaultValue(Defaults.of(DEFAULTS.delay()))
          .build();
  private final OptionSpec retryMaxTime =
      OptionGroup.option(
              "TIME",
              "Start no retry later than this after the first attempt. Also limits how"
                  + " long Retry-After holds a host back. Default: "
                  + Defaults.of(DEFAULTS.maxTime())
                  + ".",
              "--retry-max-time")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .defaultValue(Defaults.of(DEFAULTS.maxTime()))
          .build();
  private final OptionSpec retryAllErrors =
      OptionGroup.flag("Retry after every failure.", "--retry-all-errors");
  private final OptionSpec retryOnHttpError =
      OptionGroup.option(
              "CODES",
              "Retry after these status codes instead of the usual ones, e.g."
                  + " 429,5xx,!501. With exclusions (!) only, retry after the other usual"
                  + " ones.",
              "--retry-on-http-error")
          .type(StatusSet.class)
          .converters(Converters.of(DEFAULTS.statuses()::changed))
          .build();

  @Override
  public String heading() {
    return "Retry";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(retry, retryDelay, retryMaxTime, retryOnHttpError, retryAllErrors);
  }

  public RetryPolicy policy() {
    Duration delay = retryDelay.getValue();
    boolean allErrors = retryAllErrors.getValue();
    StatusSet statuses = retryOnHttpError.getValue();
    return new RetryPolicy(
        retry.getValue(),
        delay.compareTo(Converters.NO_LIMIT) > 0 ? Converters.NO_LIMIT : delay,
        retryMaxTime.getValue(),
        allErrors,
        statuses != null ? statuses : allErrors ? StatusSet.ALL : DEFAULTS.statuses(),
        DEFAULTS.random());
  }
}

package fetch.cli.options;

import fetch.engine.Settings;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.SpeedLimit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options that limit time and size. */
public final class LimitOptions implements OptionGroup {
  private static final String CONNECT_TIMEOUT =
      Defaults.of(Settings.DEFAULTS.limits().connectTimeout());
  private static final String MAX_TIME = Defaults.of(Settings.DEFAULTS.limits().maxTime());
  private static final Duration SPEED_TIME = Duration.ofSeconds(30);

  private final OptionSpec connectTimeout =
      OptionGroup.option(
              "TIME",
              "Limit name look-up, connection and TLS handshake together. Default: "
                  + CONNECT_TIMEOUT
                  + ".",
              "--connect-timeout")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .defaultValue(CONNECT_TIMEOUT)
          .build();
  private final OptionSpec maxTime =
      OptionGroup.option(
              "TIME",
              "Limit a request from start to last byte, including redirects. Default: "
                  + MAX_TIME
                  + ".",
              "-m",
              "--max-time")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .defaultValue(MAX_TIME)
          .build();
  private final OptionSpec maxFilesize =
      OptionGroup.option(
              "SIZE", "Limit the size of a body after decompression, in bytes.", "--max-filesize")
          .type(long.class)
          .converters(Converters.of(Converters::sizeLimit))
          .build();
  private final OptionSpec speedLimit =
      OptionGroup.option(
              "SIZE",
              "Give up when a body is slower than this over --speed-time, in bytes per second.",
              "-Y",
              "--speed-limit")
          .type(long.class)
          .converters(Converters.of(Converters::size))
          .build();
  private final OptionSpec speedTime =
      OptionGroup.option(
              "TIME",
              "Give up after this time below --speed-limit, which is 1 if not given."
                  + " Default: 30s.",
              "-y",
              "--speed-time")
          .type(Duration.class)
          .converters(Converters.of(Converters::duration))
          .build();
  private final OptionSpec limitRate =
      OptionGroup.option(
              "SIZE",
              "Limit what all connections of the run together receive and send, in bytes per"
                  + " second, e.g. 20m. (curl's limit is for each transfer.)",
              "--limit-rate")
          .type(long.class)
          .converters(Converters.of(LimitOptions::bytesPerSecond))
          .build();
  private final OptionSpec deadline =
      OptionGroup.option(
              "TIME",
              "Limit the whole run: then cut off requests in flight and start no others.",
              "--deadline")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .build();

  @Override
  public String heading() {
    return "Limits";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        connectTimeout, maxTime, deadline, maxFilesize, limitRate, speedLimit, speedTime);
  }

  public AttemptLimits limits() {
    Long most = maxFilesize.getValue();
    Long rate = limitRate.getValue();
    return new AttemptLimits(
        connectTimeout.getValue(),
        maxTime.getValue(),
        most == null ? Settings.DEFAULTS.limits().maxFilesize() : most,
        speed(),
        rate == null ? 0 : rate);
  }

  /** A size, optionally followed by {@code /s}. */
  private static long bytesPerSecond(String text) {
    return Converters.size(text.strip().replaceFirst("(?i)/s$", ""));
  }

  /**
   * As in curl, each of the two options has a default if the other is given, and 0 means no limit.
   */
  private @Nullable SpeedLimit speed() {
    Long least = speedLimit.getValue();
    Duration time = speedTime.getValue();
    if (least == null && time == null) {
      return null;
    }
    SpeedLimit limit = new SpeedLimit(least == null ? 1 : least, time == null ? SPEED_TIME : time);
    return limit.bytesPerSecond() == 0 || limit.time().isZero() ? null : limit;
  }

  /** The time limit of the run, null for none. */
  public @Nullable Duration deadline() {
    return deadline.getValue();
  }
}

package fetch.cli;

import fetch.http.Limits;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** What one request may take. */
final class LimitOptions implements OptionGroup {
  private final OptionSpec connectTimeout =
      OptionGroup.option(
              "TIME",
              "For name look-up, connection and TLS together. Default: 10s.",
              "--connect-timeout")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .defaultValue("10s")
          .build();
  private final OptionSpec maxTime =
      OptionGroup.option(
              "TIME",
              "For one request from start to last byte, redirects included. Default: 30s.",
              "-m",
              "--max-time")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .defaultValue("30s")
          .build();
  private final OptionSpec maxFilesize =
      OptionGroup.option("SIZE", "The most bytes of a body, after decompression.", "--max-filesize")
          .type(long.class)
          .converters(Converters.of(Converters::sizeLimit))
          .build();

  @Override
  public String heading() {
    return "Limits";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(connectTimeout, maxTime, maxFilesize);
  }

  Limits limits() {
    Long most = maxFilesize.getValue();
    return new Limits(
        connectTimeout.getValue(), maxTime.getValue(), most == null ? Long.MAX_VALUE : most);
  }
}

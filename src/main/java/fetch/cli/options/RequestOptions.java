package fetch.cli.options;

import fetch.HeaderLine;
import fetch.HttpSyntax;
import fetch.engine.Settings;
import fetch.frontier.StatusSet;
import fetch.http.settings.RequestSettings;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for method, header fields and redirects of requests. */
public final class RequestOptions implements OptionGroup {
  private static final RequestSettings DEFAULTS = Settings.DEFAULTS.request();
  private static final Pattern RANGE = Pattern.compile("\\d*-\\d*(,\\d*-\\d*)*");

  private static final HeaderLines HEADER_LINES = new HeaderLines("--header");

  private final OptionSpec request =
      OptionGroup.option(
              "METHOD",
              "Send requests with this method. Default: " + DEFAULTS.method() + ".",
              "-X",
              "--request")
          .converters(Converters.of(RequestOptions::method))
          .build();
  private final OptionSpec head =
      OptionGroup.flag("Send HEAD requests, which return headers only.", "-I", "--head");
  private final OptionSpec getOn =
      OptionGroup.option(
              "CODES",
              "Send GET after a response to HEAD with one of these status codes, e.g."
                  + " 403,405,501 or 4xx,!404. The record then has the method GET, and no body.",
              "--get-on")
          .type(StatusSet.class)
          .converters(Converters.of(RequestOptions::refusals))
          .build();
  private final DataOptions data = new DataOptions();
  private final OptionSpec headers =
      OptionGroup.option(
              "LINE",
              "Send this header: 'Name: value'. 'Name:' removes a header, 'Name;' sends"
                  + " an empty one, @FILE reads headers from a file. Repeatable.",
              "-H",
              "--header")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .build();
  private final OptionSpec userAgent =
      OptionGroup.option("NAME", "Send this User-Agent header.", "-A", "--user-agent")
          .converters(Converters.of(Converters::headerValue))
          .build();
  private final OptionSpec compressed =
      OptionSpec.builder("--compressed")
          .type(boolean.class)
          .arity("0")
          .negatable(true)
          .defaultValue("true")
          .fallbackValue("true")
          .description(
              "Request compressed bodies (gzip, br, zstd) and decompress them. Default: on.")
          .build();
  private final OptionSpec range =
      OptionGroup.option("RANGE", "Request these bytes only, e.g. 0-99.", "-r", "--range")
          .converters(Converters.of(RequestOptions::range))
          .build();
  private final OptionSpec maxRedirs =
      OptionGroup.option(
              "N",
              "Follow at most N redirects. Default: " + DEFAULTS.maxRedirs() + ".",
              "--max-redirs")
          .type(int.class)
          .converters(
              Converters.of(
                  text -> Math.toIntExact(Converters.number(text, -1, Integer.MAX_VALUE))))
          .defaultValue(Integer.toString(DEFAULTS.maxRedirs()))
          .build();
  private final OptionSpec location =
      OptionSpec.builder("-L", "--location")
          .type(boolean.class)
          .arity("0")
          .negatable(true)
          .defaultValue("true")
          .fallbackValue("true")
          .description(
              "Follow redirects. With --no-location, treat a redirect as the final"
                  + " response. Default: on.")
          .build();

  @Override
  public String heading() {
    return "Request";
  }

  @Override
  public List<OptionSpec> options() {
    List<OptionSpec> options = new ArrayList<>(List.of(request, head, getOn));
    options.addAll(data.options());
    options.addAll(List.of(headers, userAgent, compressed, range, location, maxRedirs));
    return options;
  }

  public String method() {
    String given = request.getValue();
    boolean headOnly = head.getValue();
    String usual = data.sendsBody() ? "POST" : DEFAULTS.method();
    return given != null ? given : headOnly ? "HEAD" : usual;
  }

  /**
   * The text to append to the query of each URL, null for none.
   *
   * @param in standard input, read to its end if it is sent
   */
  public @Nullable String query(InputStream in) throws UsageException {
    return data.query(in);
  }

  /**
   * Rejects invalid combinations.
   *
   * @param list whether standard input is the list
   */
  public void check(boolean list) throws UsageException {
    data.check(head.getValue());
    if (list && data.readsStandardInput()) {
      throw new UsageException(
          data.firstOption() + ": standard input cannot be both the list and the data");
    }
  }

  /**
   * Rejects an option for HEAD if nothing sends HEAD.
   *
   * @param entries whether entries may have their own methods
   */
  public void checkHead(boolean entries) throws UsageException {
    if (getOn.getValue() != null && !entries && !method().equals("HEAD")) {
      throw new UsageException(
          "--get-on needs --head, or a list whose entries may have the method HEAD");
    }
  }

  /** Whether data comes from standard input. */
  public boolean readsStandardInput() {
    return data.readsStandardInput();
  }

  /** The files with data. */
  public List<Path> dataFiles() throws UsageException {
    return data.files();
  }

  /** The given options that contain credentials; reads the files with headers. */
  public List<String> credentials() throws UsageException {
    List<String> given = new ArrayList<>();
    for (HeaderLine line : headerLines()) {
      String name = line.name().toLowerCase(Locale.ROOT);
      boolean secret = name.equals("authorization") || name.equals("cookie");
      if (secret && line.value() != null && !given.contains("--header")) {
        given.add("--header");
      }
    }
    return given;
  }

  /**
   * The request settings; reads header files and measures data files.
   *
   * @param secrets what only some hosts receive
   * @param in standard input, read to its end if it is sent
   */
  public RequestSettings settings(RequestSettings.Secrets secrets, InputStream in)
      throws UsageException {
    String agent = userAgent.getValue();
    boolean follow = location.getValue();
    StatusSet refusals = getOn.getValue();
    int most = maxRedirs.getValue();
    return new RequestSettings(
        new RequestSettings.Action(
            method(), data.content(in), refusals == null ? null : refusals::contains),
        headerLines(),
        agent == null ? DEFAULTS.userAgent() : agent,
        secrets,
        range.getValue(),
        compressed.getValue(),
        !follow ? RequestSettings.FOLLOW_NONE : most < 0 ? Integer.MAX_VALUE : most);
  }

  private List<HeaderLine> headerLines() throws UsageException {
    return HEADER_LINES.of(headers.getValue());
  }

  /** The files with headers. */
  public List<Path> headerFiles() throws UsageException {
    return HEADER_LINES.files(headers.getValue());
  }

  private static String method(String text) {
    if (!HttpSyntax.isToken(text) || text.toUpperCase(Locale.ROOT).equals("CONNECT")) {
      throw new IllegalArgumentException("'" + text + "' is not a method that fetch can send");
    }
    return text;
  }

  /** Parses statuses like {@code --retry-on-http-error}; exclusions alone apply to all errors. */
  private static StatusSet refusals(String text) {
    return StatusSet.parse("400-599").changed(text);
  }

  private static String range(String text) {
    if (!RANGE.matcher(text).matches() || text.equals("-")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a range such as 0-99, 500- or -500");
    }
    return text;
  }
}

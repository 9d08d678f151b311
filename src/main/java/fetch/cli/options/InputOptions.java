package fetch.cli.options;

import fetch.Target;
import fetch.http.url.HostGroup;
import fetch.http.url.HttpUrlParser;
import fetch.input.InputFormat;
import fetch.input.ListFetcher;
import fetch.input.ListFormat;
import fetch.input.Shard;
import fetch.input.Source;
import fetch.input.TargetParser;
import fetch.input.UrlGlob;
import fetch.input.UrlTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for reading lists. */
public final class InputOptions implements OptionGroup {
  private static final String AUTO = "auto";

  private final OptionSpec format =
      OptionGroup.option(
              "NAME",
              "Read the list as lines, csv, tsv, jsonl, sitemap, links (of an HTML page) or auto"
                  + " (by its extension, else lines). Default: auto.",
              "-i",
              "--input-format")
          .type(InputFormat.class)
          .converters(Converters.of(text -> Converters.choice(InputFormat.class, text)))
          .defaultValue("auto")
          .build();

  private final OptionSpec urlColumn =
      OptionGroup.option(
              "NAME|N",
              "Take URLs from this column, by name or number from 1, or from this key"
                  + " of jsonl. Default: url, or in a table without it, the column with a URL"
                  + " in the first row.",
              "--url-column")
          .converters(Converters.of(InputOptions::column))
          .build();

  private final OptionSpec noEntryOptions =
      OptionGroup.flag(
          "Ignore methods, headers, timeouts and bodies in jsonl entries.", "--no-entry-options");

  private final OptionSpec limit =
      OptionGroup.option("N", "Fetch the first N entries only.", "--limit")
          .type(long.class)
          .converters(Converters.of(text -> Converters.number(text, 0, Long.MAX_VALUE)))
          .build();

  private final OptionSpec shard =
      OptionGroup.option(
              "I/N|auto",
              "Fetch part I of N of the list. auto:"
                  + " the part of this task of a Kubernetes, Slurm, AWS, Google or Cloud Run job"
                  + " array, or of FETCH_SHARD. In names of files, {shard} is I; a"
                  + " list so named is read whole.",
              "--shard")
          .converters(Converters.of(InputOptions::part))
          .build();

  private final OptionSpec by =
      OptionGroup.option(
              "host|domain",
              "Keep all URLs of a host, or of a registrable domain such as example.co.uk, in the"
                  + " same part. Default: host.",
              "--by")
          .type(HostGroup.class)
          .converters(Converters.of(text -> Converters.choice(HostGroup.class, text)))
          .build();

  private final OptionSpec unique =
      OptionGroup.flag(
          "Send each request once. Entries with the same method, URL and headers as an earlier"
              + " one take its outcome; duplicate_of is its position.",
          "--unique");

  private final OptionSpec glob =
      OptionGroup.flag(
          "Expand [1-100], [001-100:2], [a-z] and {x,y} in URLs and in lines of lists, as curl"
              + " does.",
          "--glob");

  private final OptionSpec template =
      OptionGroup.option(
              "URL",
              "Make URLs of the columns or keys of entries, percent-encoded, e.g."
                  + " https://example.org/item/{id}. In a list of lines, {line} is the line.",
              "--url-template")
          .converters(Converters.of(text -> UrlTemplate.parse(text).toString()))
          .build();

  private final OptionSpec base =
      OptionGroup.option(
              "URL",
              "With -i links, resolve relative links in files and standard input against URL.",
              "-B",
              "--base")
          .converters(Converters.of(InputOptions::pageUrl))
          .build();

  private final OptionSpec list =
      OptionGroup.option(
              "URL|FILE",
              "Fetch this list and read it; may be repeated. Lists come after the SOURCEs.",
              "--list")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .build();

  @Override
  public String heading() {
    return "Input";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        list, format, base, urlColumn, template, noEntryOptions, limit, shard, by, unique, glob);
  }

  /** The options about the format of lists, and how much of them to read. */
  public List<OptionSpec> ofReading() {
    return List.of(list, format, base, urlColumn, template, noEntryOptions, limit, glob);
  }

  private static String column(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the name of the column is empty");
    }
    return text.strip();
  }

  private static String pageUrl(String text) {
    String url = text.strip();
    if (!url.regionMatches(true, 0, "http://", 0, 7)
        && !url.regionMatches(true, 0, "https://", 0, 8)) {
      throw new IllegalArgumentException(
          "'" + Source.shown(text) + "' does not begin with http:// or https://");
    }
    return switch (new HttpUrlParser().parse(url)) {
      case TargetParser.Parsed.Good(Target target) -> target.location();
      case TargetParser.Parsed.Bad(String reason) ->
          throw new IllegalArgumentException("'" + Source.shown(text) + "': " + reason);
    };
  }

  /** The lists of {@code --list}, as given. */
  public List<String> lists() {
    @Nullable List<String> lists = list.getValue();
    return lists == null ? List.of() : lists;
  }

  private ListFormat format() {
    String text = template.getValue();
    return new ListFormat(
        format.getValue(),
        urlColumn(),
        entryOptions(),
        glob.getValue(),
        base.getValue(),
        text == null ? null : UrlTemplate.parse(text),
        ListFetcher.NONE);
  }

  private static void checkPattern(String url) throws UsageException {
    try {
      UrlGlob _ = UrlGlob.of(url);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Source.shown(url) + ": " + e.getMessage());
    }
  }

  private static void checkLinks(ListFormat format, List<Source> sources) throws UsageException {
    boolean links = format.format() == InputFormat.LINKS;
    if (!links && format.base() != null) {
      throw new UsageException("--base works with -i links only");
    }
    if (links && sources.stream().allMatch(Source.BareUrl.class::isInstance)) {
      throw new UsageException(
          "-i links reads pages in files, on standard input and of --list;"
              + " for the links of a page at a URL, write --list=URL");
    }
  }

  /** The column or key with the URLs, null for the default. */
  public @Nullable String urlColumn() {
    return urlColumn.getValue();
  }

  /** The template of URLs, null without one. */
  public @Nullable String urlTemplate() {
    return template.getValue();
  }

  /** Whether entries may override how they are requested. */
  public boolean entryOptions() {
    boolean plain = noEntryOptions.getValue();
    return !plain;
  }

  /** Which hosts stay together when the list is divided. */
  public HostGroup hostGroup() {
    HostGroup group = by.getValue();
    return group == null ? HostGroup.HOST : group;
  }

  /** The most entries to read. */
  public long limit() {
    Long value = limit.getValue();
    return value == null ? Long.MAX_VALUE : value;
  }

  /** Whether each request is sent once. Commands that only read lists do not have this option. */
  public boolean isUnique() {
    @Nullable Boolean value = unique.getValue();
    return value != null && value;
  }

  /** As in {@link Shard#parse}, or {@code auto}. */
  private static String part(String text) {
    return text.strip().equals(AUTO) ? AUTO : Shard.parse(text).toString();
  }

  /**
   * The part of the list to fetch; null for the whole.
   *
   * @throws UsageException with {@code auto}, if this process is not an array task
   */
  public @Nullable Shard shard(Map<String, String> environment) throws UsageException {
    String text = shard.getValue();
    HostGroup group = by.getValue();
    if (text == null) {
      if (group != null) {
        throw new UsageException("--by needs --shard");
      }
      return null;
    }
    Shard part = text.equals(AUTO) ? new ArrayTask(environment).shard() : Shard.parse(text);
    return group == null ? part : part.by(group);
  }

  /**
   * The list of these sources.
   *
   * @param part of the list to fetch; null for the whole
   * @throws UsageException if a URL on the command line is an invalid pattern, or the template does
   *     not fit a list
   */
  public InputList list(List<Source> sources, @Nullable Shard part) throws UsageException {
    ListFormat format = format();
    checkLinks(format, sources);
    for (Source source : sources) {
      String fault = format.templateFault(source);
      if (fault != null) {
        throw new UsageException(source.name() + ": " + fault);
      }
    }
    boolean patterns = glob.getValue();
    for (Source source : sources) {
      if (patterns && source instanceof Source.BareUrl(String url)) {
        checkPattern(url);
      }
    }
    Shard shard = part == null ? Shard.WHOLE : part;
    return new InputList(sources, format, limit(), shard, isUnique(), null);
  }
}

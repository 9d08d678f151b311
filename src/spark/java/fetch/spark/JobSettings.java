package fetch.spark;

import fetch.BadLine;
import fetch.Clock;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.body.BodySink;
import fetch.cli.options.CookieOptions;
import fetch.cli.options.InputList;
import fetch.cli.options.PassedSettings;
import fetch.engine.Attachments;
import fetch.engine.Settings;
import fetch.http.Collaborators;
import fetch.http.cookie.CookieFile;
import fetch.http.cookie.CookieJar;
import fetch.http.settings.AttemptLimits;
import fetch.input.Source;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OptionalField;
import fetch.warc.ExchangeRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a job for its executors. They may be secrets, so they are sent with the tasks, and
 * never put into Spark's configuration or the plan.
 *
 * @param job the ID of the job
 * @param passed the options
 * @param environment the relevant variables
 * @param executors that share {@code --limit-rate}
 */
record JobSettings(
    String job, PassedSettings passed, Map<String, String> environment, int executors)
    implements Serializable {
  private static final String LIST = "the list";

  /** For the executors that are there now. */
  JobSettings among(int others) {
    return new JobSettings(job, passed, environment, Math.max(1, others));
  }

  /** Divides the bandwidth among the executors. */
  Settings ofExecutor(Settings whole) {
    AttemptLimits limits = whole.limits();
    long all = limits.bytesPerSecond();
    AttemptLimits own =
        new AttemptLimits(
            limits.connectTimeout(),
            limits.maxTime(),
            limits.maxFilesize(),
            limits.speedLimit(),
            all == 0 ? 0 : Math.max(1, all / executors));
    return whole.with(own);
  }

  JobOptions options() throws IOException {
    return JobOptions.parse(environment, passed.words());
  }

  /** The settings of the engine; reads the files that options name. */
  Settings engine(JobOptions options) throws IOException {
    InputList list = InputList.of(new Source.RemoteList(LIST, true));
    return options
        .engine()
        .settings(
            options.engine().scope(list),
            options.hosts(passed),
            environment,
            InputStream.nullInputStream());
  }

  /**
   * Everything that the engine uses besides its settings.
   *
   * @param structured whether entries may have checksums
   */
  static Attachments attachments(
      JobOptions options, Settings settings, boolean structured, Attachments.Machine machine)
      throws IOException {
    BodySink matched =
        options.engine().success().matched(settings.accepted()::contains, false, null);
    BodySink hashed =
        options
            .bodies()
            .sink(matched, null, structured, false, settings.accepted()::contains, _ -> {});
    Collaborators collaborators =
        new Collaborators(
            options.output().including(hashed),
            null,
            options.spark().archives() ? ExchangeRecorder.OF_OTHERS : null,
            options.output().details(),
            cookies(options.engine().cookies(), machine.clock()));
    String usual = settings.request().method();
    return new Attachments(collaborators, entry -> refused(entry, usual, options), null, machine);
  }

  private static @Nullable CookieJar cookies(CookieOptions options, Clock clock)
      throws IOException {
    if (!options.keepsCookies()) {
      return null;
    }
    CookieJar jar = new CookieJar();
    for (Path file : options.files()) {
      new CookieFile(file).read(jar, clock.epochMillis(), options.junksSessionCookies());
    }
    return jar;
  }

  /** Fails an entry whose own method must not be sent twice. */
  private static @Nullable FetchResult refused(Entry entry, String usual, JobOptions options) {
    return switch (entry) {
      case FetchRequest request when !options.allows(request.method(usual)) -> {
        String method = request.method(usual);
        Failure failure =
            new Failure(
                FailureKind.REFUSED,
                "a lost executor could repeat this " + method + "; --at-least-once allows it");
        yield new FetchResult(request, method, failure, null, 0, 0);
      }
      case FetchRequest _, BadLine _ -> null;
    };
  }

  /** The columns of records. */
  static List<Column> columns(JobOptions options, boolean structured) {
    List<Column> columns = new ArrayList<>(Field.all());
    if (options.spark().archives()) {
      columns.addAll(List.of(Field.FILENAME_EFFECTIVE, Field.WARC_OFFSET, Field.WARC_LENGTH));
    }
    columns.addAll(options.bodies().fields(false, false));
    if (options.input().isUnique()) {
      columns.add(Field.DUPLICATE_OF);
    }
    boolean table = options.spark().format() == ChunkFormat.PARQUET;
    columns.addAll(table ? List.of(Field.ETAG, Field.LAST_MODIFIED) : OptionalField.ALL);
    columns.addAll(options.output().inclusions().columns(table));
    if (table || structured) {
      columns.add(MetaColumn.WHOLE);
    }
    return columns;
  }

  /** Omits the options, which may be secrets. */
  @Override
  public String toString() {
    return "JobSettings[" + job + "]";
  }
}

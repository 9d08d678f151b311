package fetch.results;

import fetch.ArchivedResponse;
import fetch.Attempt;
import fetch.BadLine;
import fetch.Change;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Duplicate;
import fetch.FetchResult.Failure;
import fetch.FetchResult.Scheduling;
import fetch.HashAlgorithm;
import fetch.HeaderField;
import fetch.IncludedBody;
import fetch.Meta;
import fetch.Outcome;
import fetch.RedirectStep;
import fetch.Representation;
import fetch.SavedBody;
import fetch.Target;
import fetch.Timings;
import fetch.Validators;
import fetch.input.JsonText;
import fetch.input.TargetParser;
import fetch.output.Field;
import fetch.output.MetaColumn;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the result in a record. Writing it again yields the same record. Values that the record
 * lacks are 0 or null.
 */
final class RecordedResult {
  private static final int NANOS_EXPONENT = 9;

  private final Meta record;

  private RecordedResult(Meta record) {
    this.record = record;
  }

  /** The position in a record. */
  static long position(Meta record) throws IOException {
    String text = new RecordedResult(record).text(Field.URLNUM);
    if (text == null) {
      throw new IOException("it has no urlnum");
    }
    return wholeNumber(Field.URLNUM, text);
  }

  /**
   * The result of a record.
   *
   * @param record its fields by their labels
   * @param urls finds the hosts of URLs
   * @throws IOException with the reason, if a field has a value that fetch never writes
   */
  static FetchResult of(Meta record, TargetParser urls) throws IOException {
    RecordedResult recorded = new RecordedResult(record);
    Failure failure = recorded.failure();
    Representation representation = recorded.representation();
    Duplicate duplicate = recorded.duplicate();
    String change = recorded.text(Field.CHANGE);
    String method = recorded.text(Field.METHOD);
    return new FetchResult(
        recorded.entry(urls, failure),
        method == null ? "GET" : method,
        failure,
        duplicate == null ? recorded.attempt(failure, representation) : null,
        new Scheduling(
            (int) recorded.number(Field.NUM_RETRIES),
            recorded.nanos(Field.TIME_QUEUE),
            recorded.start(),
            duplicate),
        representation,
        change == null ? null : change(change));
  }

  /** The text of a field; null if the record does not have it. */
  private @Nullable String text(Field field) {
    return text(record.value(field.label()));
  }

  private static @Nullable String text(Meta.Value value) {
    return switch (value) {
      case Meta.Value.Text(String text) -> text;
      case Meta.Value.Json(String json) -> json;
    };
  }

  private long number(Field field) throws IOException {
    String text = text(field);
    return text == null ? 0 : wholeNumber(field, text);
  }

  private static long wholeNumber(Field field, String text) throws IOException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Rejected below, like negative numbers.
    }
    throw new IOException("its " + field.label() + " is not a whole number");
  }

  private long nanos(Field field) throws IOException {
    String text = text(field);
    return text == null ? 0 : nanos(field.label(), text);
  }

  private static long nanos(String label, String seconds) throws IOException {
    try {
      return new BigDecimal(seconds)
          .movePointRight(NANOS_EXPONENT)
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IOException("its " + label + " is not a number of seconds", e);
    }
  }

  private long start() throws IOException {
    String text = text(Field.TIME_START);
    try {
      return text == null ? 0 : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("its time_start is not a time", e);
    }
  }

  private boolean flag(Field field) {
    return "true".equals(text(field));
  }

  private Entry entry(TargetParser urls, @Nullable Failure failure) throws IOException {
    long urlnum = text(Field.URLNUM) == null ? 0 : number(Field.URLNUM);
    String url = text(Field.URL);
    String input = text(Field.INPUT);
    if (url == null && !record.names().contains(Field.URL.label())) {
      url = input;
    }
    String shown = input == null ? String.valueOf(url) : input;
    if (url == null || !(urls.parse(url) instanceof TargetParser.Parsed.Good(Target target))) {
      FailureKind kind = failure == null ? FailureKind.INVALID_URL : failure.kind();
      String message = failure == null ? "" : failure.message();
      return new BadLine(urlnum, shown, kind, message, meta());
    }
    Target same = new Target(target.location(), url, target.host(), target.port());
    return new FetchRequest(urlnum, shown, same, false, null, meta());
  }

  /** The list's own columns or keys, which the record has as one object or as columns. */
  private @Nullable Meta meta() throws IOException {
    String whole = text(record.value(MetaColumn.WHOLE.label()));
    if (whole != null) {
      return JsonText.object(whole);
    }
    List<String> names = new ArrayList<>();
    List<Meta.Value> values = new ArrayList<>();
    for (int i = 0; i < record.names().size(); i++) {
      String name = record.names().get(i);
      if (name.startsWith(MetaColumn.PREFIX)) {
        names.add(name.substring(MetaColumn.PREFIX.length()));
        values.add(record.values().get(i));
      }
    }
    return names.isEmpty() ? null : new Meta(names, values);
  }

  private @Nullable Failure failure() throws IOException {
    String error = text(Field.ERROR);
    String message = text(Field.ERRORMSG);
    if (error == null || error.isEmpty()) {
      boolean failed = "false".equals(text(Field.OK));
      return failed ? new Failure(FailureKind.HTTP_STATUS, "") : null;
    }
    FailureKind found =
        FailureKind.find(error, text(Field.EXITCODE) == null ? -1 : number(Field.EXITCODE));
    if (found == null) {
      throw new IOException("fetch has no error '" + error + "'");
    }
    return new Failure(found, message == null ? "" : message);
  }

  /** The earlier entry whose result this one repeats; not every record states its position. */
  private @Nullable Duplicate duplicate() throws IOException {
    String of = text(Field.DUPLICATE_OF);
    int status = (int) number(Field.RESPONSE_CODE);
    if (of != null) {
      return new Duplicate(wholeNumber(Field.DUPLICATE_OF, of), status);
    }
    boolean unsaid = status > 0 && !isRequested(status, 0);
    return unsaid ? new Duplicate(0, status) : null;
  }

  private static Change change(String label) throws IOException {
    for (Change change : Change.values()) {
      if (change.label().equals(label)) {
        return change;
      }
    }
    throw new IOException("fetch has no change '" + label + "'");
  }

  private Representation representation() throws IOException {
    Map<HashAlgorithm, String> digests = new EnumMap<>(HashAlgorithm.class);
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      String digest = text(Field.of(algorithm));
      if (digest != null) {
        digests.put(algorithm, digest);
      }
    }
    String body = text(Field.BODY);
    String base64 = text(Field.BODY_BASE64);
    IncludedBody included =
        body == null && base64 == null
            ? null
            : new IncludedBody(body, base64, flag(Field.BODY_TRUNCATED));
    SavedBody stored = new SavedBody(text(Field.FILENAME_EFFECTIVE), digests);
    if (text(Field.WARC_OFFSET) != null) {
      long offset = number(Field.WARC_OFFSET);
      stored =
          stored.withArchived(
              new ArchivedResponse(stored.file(), offset, number(Field.WARC_LENGTH)));
    }
    return new Representation(
        stored.withIncluded(included), new Validators(text(Field.ETAG), text(Field.LAST_MODIFIED)));
  }

  /** The attempt; null if the entry was never requested. */
  private @Nullable Attempt attempt(@Nullable Failure failure, Representation representation)
      throws IOException {
    int status = (int) number(Field.RESPONSE_CODE);
    String effective = text(Field.URL_EFFECTIVE);
    long total = nanos(Field.TIME_TOTAL);
    if (!isRequested(status, total)) {
      return null;
    }
    Outcome outcome =
        failure == null || failure.kind() == FailureKind.HTTP_STATUS
            ? new Outcome.Responded(status)
            : new Outcome.Failed(failure.kind(), failure.message(), status, "");
    return new Attempt(
        outcome,
        new Attempt.Requests(
            String.valueOf(text(Field.METHOD)),
            effective == null ? String.valueOf(text(Field.URL)) : effective,
            (int) number(Field.NUM_REDIRECTS),
            lastRedirect()),
        new Attempt.Response(text(Field.HTTP_VERSION), text(Field.CONTENT_TYPE), null, headers()),
        new Attempt.Body(number(Field.SIZE_DOWNLOAD), number(Field.SIZE_DELIVERED), ""),
        representation,
        new Attempt.Peer(text(Field.REMOTE_IP), (int) number(Field.REMOTE_PORT)),
        new Timings(
            start(),
            nanos(Field.TIME_NAMELOOKUP),
            nanos(Field.TIME_CONNECT),
            nanos(Field.TIME_APPCONNECT),
            nanos(Field.TIME_STARTTRANSFER),
            total));
  }

  /** Whether there was an attempt, by the first field that shows it. */
  private boolean isRequested(int status, long total) {
    for (Field field : List.of(Field.URL_EFFECTIVE, Field.TIME_START)) {
      if (record.names().contains(field.label())) {
        return text(field) != null;
      }
    }
    return status > 0 || total > 0;
  }

  private @Nullable RedirectStep lastRedirect() throws IOException {
    String text = text(Field.REDIRECTS);
    RedirectStep last = null;
    for (Meta step : text == null ? List.<Meta>of() : JsonText.objects(text)) {
      String status = text(step.value("status"));
      String seconds = text(step.value("seconds"));
      last =
          new RedirectStep(
              last,
              String.valueOf(text(step.value("url"))),
              status == null ? 0 : (int) wholeNumber(Field.REDIRECTS, status),
              seconds == null ? 0 : nanos(Field.REDIRECTS.label(), seconds),
              text(step.value("ip")));
    }
    return last;
  }

  private @Nullable List<HeaderField> headers() throws IOException {
    String text = text(Field.RESPONSE_HEADERS);
    if (text == null) {
      return null;
    }
    List<HeaderField> fields = new ArrayList<>();
    Meta object = JsonText.object(text);
    for (String name : object.names()) {
      for (String value : JsonText.strings(String.valueOf(text(object.value(name))))) {
        fields.add(new HeaderField(name, value));
      }
    }
    return fields;
  }
}

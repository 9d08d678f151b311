package fetch.output;

import fetch.ArchivedResponse;
import fetch.Attempt;
import fetch.BadLine;
import fetch.Change;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.HashAlgorithm;
import fetch.IncludedBody;
import fetch.Timings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record, in order. Names and meanings are those of curl's {@code --write-out}
 * where it has them.
 */
public enum Field implements Column {
  URLNUM((result, out) -> out.number(result.entry().urlnum())),
  INPUT((result, out) -> out.text(result.entry().input())),
  URL((result, out) -> out.text(url(result))),
  URL_EFFECTIVE(text(attempt -> attempt.requests().urlEffective())),
  METHOD((result, out) -> out.text(result.method())),
  OK((result, out) -> out.flag(result.ok())),
  RESPONSE_CODE((result, out) -> out.number(result.status())),
  ERROR((result, out) -> out.text(result.failure() == null ? null : label(result.failure()))),
  ERRORMSG((result, out) -> out.text(result.failure() == null ? null : message(result.failure()))),
  EXITCODE((result, out) -> out.number(exitcode(result))),
  NUM_REDIRECTS(number(attempt -> attempt.requests().redirects())),
  NUM_RETRIES((result, out) -> out.number(result.scheduling().retries())),
  HTTP_VERSION(text(attempt -> attempt.response().httpVersion())),
  CONTENT_TYPE(text(attempt -> attempt.response().contentType())),
  SIZE_DOWNLOAD(number(attempt -> attempt.body().downloaded())),
  SIZE_DELIVERED(number(attempt -> attempt.body().delivered())),
  REMOTE_IP(text(attempt -> attempt.peer().ip())),
  REMOTE_PORT(number(attempt -> attempt.peer().port())),
  TIME_START((result, out) -> out.text(result.attempt() == null ? null : start(result))),
  TIME_QUEUE((result, out) -> out.seconds(result.scheduling().queueNanos())),
  TIME_NAMELOOKUP(seconds(Timings::namelookup)),
  TIME_CONNECT(seconds(Timings::connect)),
  TIME_APPCONNECT(seconds(Timings::appconnect)),
  TIME_STARTTRANSFER(seconds(Timings::starttransfer)),
  TIME_TOTAL(seconds(Timings::total)),
  FILENAME_EFFECTIVE((result, out) -> out.text(result.representation().stored().file())),
  WARC_OFFSET(archived(ArchivedResponse::offset)),
  WARC_LENGTH(archived(ArchivedResponse::length)),
  MD5(digest(HashAlgorithm.MD5)),
  SHA1(digest(HashAlgorithm.SHA1)),
  SHA256(digest(HashAlgorithm.SHA256)),
  SHA512(digest(HashAlgorithm.SHA512)),
  BLAKE3(digest(HashAlgorithm.BLAKE3)),
  ETAG((result, out) -> out.text(result.representation().validators().etag())),
  LAST_MODIFIED((result, out) -> out.text(result.representation().validators().lastModified())),
  CHANGE((result, out) -> out.text(result.change() == null ? null : label(result.change()))),
  RESPONSE_HEADERS((result, out) -> out.json(ResponseJson.headers(result.attempt()))),
  REDIRECTS((result, out) -> out.json(ResponseJson.redirects(result.attempt()))),
  BODY((result, out) -> out.text(included(result, IncludedBody::text))),
  BODY_BASE64((result, out) -> out.text(included(result, IncludedBody::base64))),
  BODY_TRUNCATED((result, out) -> out.flag(isTruncated(result))),
  DUPLICATE_OF(Field::writeDuplicateOf);

  private static final List<Field> ALL = List.copyOf(EnumSet.range(URLNUM, TIME_TOTAL));

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String label;
  private final BiConsumer<FetchResult, ValueWriter> value;

  Field(BiConsumer<FetchResult, ValueWriter> value) {
    this.label = name().toLowerCase(Locale.ROOT);
    this.value = value;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void write(FetchResult result, ValueWriter out) {
    value.accept(result, out);
  }

  /** The fields that every record has, in order. */
  public static List<Field> all() {
    return ALL;
  }

  /** The field of a hash. */
  public static Field of(HashAlgorithm algorithm) {
    return valueOf(algorithm.name());
  }

  static Field named(String name) {
    Field field = find(name);
    if (field == null) {
      throw new IllegalArgumentException("there is no field '" + name + "'");
    }
    return field;
  }

  /** The field with this label; null if there is none. */
  public static @Nullable Field find(String label) {
    for (Field field : values()) {
      if (field.label.equals(label)) {
        return field;
      }
    }
    return null;
  }

  private static @Nullable String url(FetchResult result) {
    return switch (result.entry()) {
      case FetchRequest request -> request.target().url();
      case BadLine _ -> null;
    };
  }

  private static String label(FetchResult.Failure failure) {
    return failure.kind().label();
  }

  private static String label(Change change) {
    return change.label();
  }

  private static String message(FetchResult.Failure failure) {
    return failure.message();
  }

  private static long exitcode(FetchResult result) {
    return result.failure() == null ? 0 : result.failure().kind().exitcode();
  }

  private static void writeDuplicateOf(FetchResult result, ValueWriter out) {
    FetchResult.Duplicate duplicate = result.scheduling().duplicate();
    if (duplicate == null) {
      out.text(null);
    } else {
      out.number(duplicate.of());
    }
  }

  private static String start(FetchResult result) {
    return MILLISECONDS.format(Instant.ofEpochMilli(result.scheduling().startEpochMillis()));
  }

  private static @Nullable String included(
      FetchResult result, Function<IncludedBody, @Nullable String> value) {
    IncludedBody body = result.representation().stored().included();
    return body == null ? null : value.apply(body);
  }

  private static boolean isTruncated(FetchResult result) {
    IncludedBody body = result.representation().stored().included();
    return body != null && body.truncated();
  }

  private static BiConsumer<FetchResult, ValueWriter> archived(
      ToLongFunction<ArchivedResponse> value) {
    return (result, out) -> {
      ArchivedResponse place = result.representation().stored().archived();
      if (place == null) {
        out.text(null);
      } else {
        out.number(value.applyAsLong(place));
      }
    };
  }

  private static BiConsumer<FetchResult, ValueWriter> digest(HashAlgorithm algorithm) {
    return (result, out) -> out.text(result.representation().stored().digests().get(algorithm));
  }

  private static BiConsumer<FetchResult, ValueWriter> text(
      Function<Attempt, @Nullable String> value) {
    return (result, out) ->
        out.text(result.attempt() == null ? null : value.apply(result.attempt()));
  }

  private static BiConsumer<FetchResult, ValueWriter> number(ToLongFunction<Attempt> value) {
    return (result, out) ->
        out.number(result.attempt() == null ? 0 : value.applyAsLong(result.attempt()));
  }

  private static BiConsumer<FetchResult, ValueWriter> seconds(ToLongFunction<Timings> value) {
    return (result, out) ->
        out.seconds(result.attempt() == null ? 0 : value.applyAsLong(result.attempt().timings()));
  }
}

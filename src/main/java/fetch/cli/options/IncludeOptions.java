package fetch.cli.options;

import fetch.body.BodySink;
import fetch.body.IncludingSink;
import fetch.http.ResponseDetails;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OptionalField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for the details of responses that records include. */
public final class IncludeOptions {
  private static final int USUAL_BYTES = 256 << 10;

  /**
   * If all bytes are control characters, escaping makes it six times as large: fetch still reads
   * such a line.
   */
  private static final int MOST_BYTES = 10 << 20;

  private final OptionSpec headers =
      OptionGroup.flag(
          "Add the header fields of the final response to records, as response_headers.",
          "--include-headers");
  private final OptionSpec redirects =
      OptionGroup.flag(
          "Add url, status, seconds and ip of each redirect to records, as redirects.",
          "--include-redirects");

  private final OptionSpec body =
      OptionGroup.option(
              "SIZE",
              "Add up to SIZE bytes of the decompressed body to records, as body, or as"
                  + " body_base64 if it is not text. Default: 256k.",
              "--include-body")
          .type(Integer.class)
          .arity("0..1")
          .fallbackValue("256k")
          .preprocessor(new OptionalValue<>(USUAL_BYTES))
          .converters(Converters.of(IncludeOptions::bodyBytes))
          .build();

  private static int bodyBytes(String text) {
    long size = Converters.size(text);
    if (size == 0 || size > MOST_BYTES) {
      throw new IllegalArgumentException("'" + text + "' is not a size from 1 to 10m");
    }
    return (int) size;
  }

  List<OptionSpec> options() {
    return List.of(headers, redirects, body);
  }

  /** The name of a given option, null if none is given. */
  @Nullable String given() {
    return isOn(headers)
        ? headers.longestName()
        : isOn(redirects) ? redirects.longestName() : includesBody() ? body.longestName() : null;
  }

  private boolean includesBody() {
    return body.getValue() != null;
  }

  /**
   * The columns that these options add.
   *
   * @param table whether all records have the same columns
   */
  public List<Column> columns(boolean table) {
    List<Column> fields = new ArrayList<>();
    if (isOn(headers)) {
      fields.add(Field.RESPONSE_HEADERS);
    }
    if (isOn(redirects)) {
      fields.add(Field.REDIRECTS);
    }
    if (includesBody()) {
      fields.add(Field.BODY);
      fields.addAll(
          table ? List.of(Field.BODY_BASE64, Field.BODY_TRUNCATED) : OptionalField.OF_BODY);
    }
    return fields;
  }

  private static boolean isOn(OptionSpec flag) {
    boolean on = flag.getValue();
    return on;
  }

  /**
   * The sink for bodies; it copies them into memory if records include them.
   *
   * @param chosen the fields that the user names, null for none
   * @param next null for none
   */
  @Nullable BodySink sink(@Nullable List<Column> chosen, @Nullable BodySink next) {
    @Nullable Integer most = body.getValue();
    return includesBody(chosen) ? new IncludingSink(most == null ? USUAL_BYTES : most, next) : next;
  }

  /** Whether records have a body field. */
  boolean includesBody(@Nullable List<Column> chosen) {
    List<Column> all = chosen == null ? columns(true) : chosen;
    return all.contains(Field.BODY)
        || all.contains(Field.BODY_BASE64)
        || all.contains(Field.BODY_TRUNCATED);
  }

  /**
   * The details that these fields need.
   *
   * @param chosen the fields that the user names, null for none
   */
  ResponseDetails details(@Nullable List<Column> chosen) {
    List<Column> all = new ArrayList<>(chosen == null ? columns(true) : chosen);
    return new ResponseDetails(all.contains(Field.RESPONSE_HEADERS), all.contains(Field.REDIRECTS));
  }
}

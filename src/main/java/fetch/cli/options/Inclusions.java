package fetch.cli.options;

import fetch.http.ResponseDetails;
import fetch.output.Column;
import fetch.output.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Which details of responses records include. */
public final class Inclusions {
  private final OptionSpec headers =
      OptionGroup.flag(
          "Add the header fields of the final response to records, as response_headers.",
          "--include-headers");
  private final OptionSpec redirects =
      OptionGroup.flag(
          "Add url, status, seconds and ip of each redirect to records, as redirects.",
          "--include-redirects");

  List<OptionSpec> options() {
    return List.of(headers, redirects);
  }

  /** The name of an option that is given, null when none is. */
  @Nullable String given() {
    for (OptionSpec option : options()) {
      if (!option.originalStringValues().isEmpty()) {
        return option.longestName();
      }
    }
    return null;
  }

  /** The fields that records have besides the usual ones. */
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    if (isOn(headers)) {
      fields.add(Field.RESPONSE_HEADERS);
    }
    if (isOn(redirects)) {
      fields.add(Field.REDIRECTS);
    }
    return fields;
  }

  private static boolean isOn(OptionSpec flag) {
    boolean on = flag.getValue();
    return on;
  }

  /**
   * What results carry for these fields.
   *
   * @param chosen the fields that the user names, null for none
   */
  ResponseDetails details(@Nullable List<Column> chosen) {
    List<Column> all = new ArrayList<>(chosen == null ? fields() : chosen);
    return new ResponseDetails(all.contains(Field.RESPONSE_HEADERS), all.contains(Field.REDIRECTS));
  }
}

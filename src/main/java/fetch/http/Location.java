package fetch.http;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import fetch.http.field.FieldBytes;
import java.util.List;
import java.util.Locale;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The Location field of a response (RFC 9110, section 10.2.2). */
final class Location {
  private Location() {}

  /**
   * The URI reference, null when there is none. Each byte that is not UTF-8 is percent-encoded as
   * itself, as curl and browsers do; {@code HttpUrl} percent-encodes those that are.
   *
   * @throws FailedTransfer if there are several that differ; an attacker may have added one
   */
  static @Nullable String of(Response response) throws FailedTransfer {
    List<String> values = response.headers("Location");
    for (String value : values) {
      if (!value.equals(values.getFirst())) {
        throw new FailedTransfer(
            FailureKind.PROTOCOL, "the response has several Location fields that differ");
      }
    }
    return values.isEmpty() || values.getFirst().isBlank() ? null : encoded(values.getFirst());
  }

  private static String encoded(String value) {
    StringBuilder encoded = new StringBuilder(value.length());
    for (char c : value.strip().toCharArray()) {
      int stray = FieldBytes.strayByte(c);
      if (stray < 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(Integer.toHexString(stray).toUpperCase(Locale.ROOT));
      }
    }
    return encoded.toString();
  }
}

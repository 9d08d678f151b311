package fetch.http.wire;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Determines the length of a response's body from its header fields (RFC 9112, section 6.3). */
final class Framing {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final String LENGTH = "Content-Length";
  private static final String CODING = "Transfer-Encoding";
  private static final String CHUNKED = "chunked";

  /** Numbers with this many digits always fit in a long. */
  private static final int MOST_DIGITS = 18;

  private Framing() {}

  /**
   * The response with at most one field about the length of its body. OkHttp understands no more:
   * it uses the last Transfer-Encoding only, and takes {@code 5, 5} for no length.
   *
   * @throws FailedTransfer if the length is ambiguous
   */
  static Response of(Response head) throws FailedTransfer {
    List<String> lengths = head.headers(LENGTH);
    List<String> codings = head.headers(CODING);
    if (isBodiless(head)) {
      return lengths.isEmpty() && codings.isEmpty() ? head : with(null, null, head);
    }
    if (isPlain(lengths, codings)) {
      return head;
    }
    if (isChunked(codings)) {
      return with(null, CHUNKED, head);
    }
    return with(lengths.isEmpty() ? null : length(lengths), null, head);
  }

  /** Whether there is at most one field, the usual case. */
  private static boolean isPlain(List<String> lengths, List<String> codings) {
    if (codings.isEmpty()) {
      return lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.getFirst()));
    }
    return lengths.isEmpty() && codings.size() == 1 && codings.getFirst().equals(CHUNKED);
  }

  private static Response with(@Nullable String length, @Nullable String coding, Response head) {
    Response.Builder plain = head.newBuilder().removeHeader(CODING).removeHeader(LENGTH);
    if (length != null) {
      plain.header(LENGTH, length);
    }
    if (coding != null) {
      plain.header(CODING, coding);
    }
    return plain.build();
  }

  /** Whether a response ends with its header section, whatever its fields say. */
  static boolean isBodiless(Response head) {
    return switch (head.code()) {
      case NO_CONTENT, NOT_MODIFIED -> true;
      default -> head.request().method().equals("HEAD");
    };
  }

  /**
   * Whether a bodiless response may be followed by body bytes. The fields of a 304 and of a
   * response to HEAD describe another response.
   */
  static boolean announcesTooMuch(Response head) {
    return head.code() == NO_CONTENT
        && (head.header(CODING) != null || !"0".equals(head.header(LENGTH, "0")));
  }

  /** Whether the body is chunked. Chunked twice counts as chunked once, as in curl and browsers. */
  static boolean isChunked(List<String> fieldValues) throws FailedTransfer {
    List<String> codings = elements(fieldValues);
    int first = 0;
    while (first < codings.size() && codings.get(first).equals("identity")) {
      first++;
    }
    for (String coding : codings.subList(first, codings.size())) {
      if (!coding.equals(CHUNKED)) {
        throw new FailedTransfer(
            FailureKind.PROTOCOL,
            "the Transfer-Encoding is not 'chunked' alone: " + String.join(", ", codings));
      }
    }
    return first < codings.size();
  }

  /** The length that all fields agree on (RFC 9110, section 8.6). */
  private static String length(List<String> fieldValues) throws FailedTransfer {
    String length = null;
    for (String value : fieldValues) {
      for (String element : value.split(",", -1)) {
        String number = withoutZeros(element.strip());
        if (length != null && !length.equals(number)) {
          throw new FailedTransfer(
              FailureKind.PROTOCOL,
              "the Content-Lengths differ: " + String.join(", ", fieldValues));
        }
        length = number;
      }
    }
    if (length == null || !isLength(length)) {
      throw new FailedTransfer(
          FailureKind.PROTOCOL,
          "the Content-Length is not a number: " + String.join(", ", fieldValues));
    }
    return length;
  }

  private static String withoutZeros(String number) {
    int start = 0;
    while (start < number.length() - 1 && number.charAt(start) == '0') {
      start++;
    }
    return number.substring(start);
  }

  /** Whether it consists of digits only, and not too many. */
  private static boolean isLength(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= MOST_DIGITS;
  }

  /** The elements of a list-based field (RFC 9110, section 5.6.1), in lower case. */
  static List<String> elements(List<String> fieldValues) {
    if (fieldValues.isEmpty()) {
      return fieldValues;
    }
    List<String> elements = new ArrayList<>(fieldValues.size());
    for (String value : fieldValues) {
      if (value.indexOf(',') < 0) {
        add(value, elements);
        continue;
      }
      for (String element : value.split(",", -1)) {
        add(element, elements);
      }
    }
    return elements;
  }

  private static void add(String element, List<String> elements) {
    if (!element.isBlank()) {
      elements.add(element.strip().toLowerCase(Locale.ROOT));
    }
  }
}

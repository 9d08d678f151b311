package fetch.input;

import fetch.BadLine;
import fetch.Content;
import fetch.Entry;
import fetch.EntryOverrides;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.JsonString;
import fetch.Meta;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the lines of divided lists: JSON objects (RFC 8259) that begin with the position
 * of the entry in the whole list, such as {@code {"@position":17,"url":"https://example.org/"}}.
 * Reading a line yields the same entry, even for a bad line.
 */
public final class DividedLine {
  /** The key of the position, which comes first. */
  static final String POSITION = "@position";

  static final String URL = "url";
  static final String INPUT = "input";
  static final String ERROR = "error";
  static final String MESSAGE = "errormsg";
  static final String META = "meta";

  /** The start of each line as fetch writes it. */
  static final String START = "{\"" + POSITION + "\":";

  /** The longest possible line: a row of 1 MiB, with its column names and each byte escaped. */
  static final int MOST_BYTES = 16 << 20;

  /** A line without a position. */
  static final long NONE = -1;

  /** A line with an invalid position. */
  static final long INVALID = -2;

  /** The greatest valid position: the table of duplicates has 47 bits for it. */
  private static final long GREATEST = (1L << 47) - 1;

  /** The kinds of bad lines. */
  private static final Set<FailureKind> KINDS =
      Set.of(FailureKind.INVALID_URL, FailureKind.UNSUPPORTED_SCHEME, FailureKind.CHECKSUM);

  private static final int NANOS = 9;

  private final StringBuilder out = new StringBuilder();
  private char separator = ',';

  private DividedLine() {}

  /** The position at the start of a line; {@link #NONE} or {@link #INVALID} if there is none. */
  static long position(String text) {
    int at = after(text, 0, "{");
    at = at < 0 ? at : after(text, at, "\"" + POSITION + "\"");
    if (at < 0) {
      return NONE;
    }
    int start = skipBlanks(text, Math.max(after(text, at, ":"), at));
    int end = start;
    long position = 0;
    while (end < text.length() && isDigit(text.charAt(end)) && position <= GREATEST) {
      position = 10 * position + text.charAt(end) - '0';
      end++;
    }
    int next = skipBlanks(text, end);
    boolean ends = next < text.length() && (text.charAt(next) == ',' || text.charAt(next) == '}');
    return start < end && ends && position <= GREATEST ? position : INVALID;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /** The index after a token that follows optional blanks; -1 if it is not there. */
  private static int after(String text, int from, String token) {
    int at = skipBlanks(text, from);
    return text.startsWith(token, at) ? at + token.length() : -1;
  }

  /** The kind of a bad line by its label; null for any other label. */
  static @Nullable FailureKind kind(String label) {
    FailureKind kind = FailureKind.find(label, -1);
    return kind != null && KINDS.contains(kind) ? kind : null;
  }

  /** The line of an entry, without a line end. It contains the password of the URL, if any. */
  public static String of(Entry entry) {
    DividedLine line = new DividedLine();
    line.out.append(START).append(entry.urlnum());
    switch (entry) {
      case FetchRequest request -> line.add(request);
      case BadLine bad -> {
        line.text(INPUT, bad.input());
        line.text(ERROR, bad.kind().label());
        line.text(MESSAGE, bad.message());
      }
    }
    line.add(entry.meta());
    return line.out.append('}').toString();
  }

  private void add(FetchRequest request) {
    String location = request.target().location();
    boolean secret = !request.target().url().equals(location);
    text(URL, secret ? location : request.input());
    if (secret) {
      text(INPUT, request.input());
    }
    EntryOverrides own = request.own();
    if (own != null) {
      add(own);
    }
  }

  private void add(EntryOverrides own) {
    if (own.method() != null) {
      text("method", own.method());
    }
    if (!own.headers().isEmpty()) {
      headers(own.headers());
    }
    if (own.timeout() != null) {
      key("timeout");
      out.append(BigDecimal.valueOf(own.timeout().toNanos(), NANOS).toPlainString());
    }
    Content content = own.content();
    if (content != null) {
      add(content);
    }
  }

  /** JSON keys are unique, so fields with the same name share an array. */
  private void headers(List<HeaderLine> headers) {
    Map<String, List<@Nullable String>> values = new LinkedHashMap<>();
    for (HeaderLine header : headers) {
      values.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value());
    }
    key("headers");
    separator = '{';
    values.forEach((name, all) -> {
      key(name);
      out.append('[');
      for (int i = 0; i < all.size(); i++) {
        out.append(i > 0 ? "," : "");
        append(all.get(i));
      }
      out.append(']');
    });
    out.append('}');
    separator = ',';
  }

  private void add(Content content) {
    byte[] bytes = content.bytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (Content.JSON.equals(content.accept())) {
      key("json");
      out.append(text);
    } else if (text.indexOf('\uFFFD') < 0) {
      text("body", text);
    } else {
      text("body_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private void add(@Nullable Meta meta) {
    if (meta == null) {
      return;
    }
    key(META);
    separator = '{';
    for (int i = 0; i < meta.names().size(); i++) {
      key(meta.names().get(i));
      switch (meta.values().get(i)) {
        case Meta.Value.Text(String text) -> append(text);
        case Meta.Value.Json(String json) -> out.append(json);
      }
    }
    out.append('}');
    separator = ',';
  }

  private void text(String key, String value) {
    key(key);
    append(value);
  }

  private void key(String key) {
    out.append(separator);
    append(key);
    out.append(':');
    separator = ',';
  }

  private void append(@Nullable String text) {
    out.append(text == null ? "null" : JsonString.of(text, c -> c < ' '));
  }
}

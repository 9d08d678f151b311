package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Text that would like to break a record or take over a terminal. */
public final class Hostile {
  private static final String BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069";

  /** Where {@link Results#hostile} puts it. */
  static final List<String> FIELDS =
      List.of("input", "method", "url_effective", "errormsg", "content_type", "remote_ip");

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([trn\\\\])))");

  private Hostile() {}

  public static Stream<String> strings() {
    Stream<String> controls =
        IntStream.concat(IntStream.range(0, 0x20), IntStream.range(0x7f, 0xa0))
            .mapToObj(c -> "a" + (char) c + "b");
    return Stream.concat(
        controls,
        Stream.of(
            "\"",
            "\"\"",
            "a\"b,c",
            ",",
            ", ",
            " leading and trailing ",
            "\t",
            "\ta\tb\t",
            "a\rb\nc\r\nd",
            "\n",
            "\u001b[2J\u001b]0;title\u0007",
            "\u009b31m",
            "\\",
            "\\\\",
            "\\n is no newline",
            "\\x1b is no escape",
            "C:\\temp\\new",
            "ends in \\",
            "'single'",
            "=1+1",
            "@SUM(A1)",
            "#comment",
            "a;b|c",
            "null",
            "-",
            "é",
            "\u2028\u2029\u00a0",
            "\u202egnp.exe",
            "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
            "\uFEFFbom",
            "😀 and 𝄞",
            "\0",
            "a\ud800",
            "\udc00\ud800",
            "\ud83d\n\ude00",
            "</script>",
            "x".repeat(70_000),
            "\u0001".repeat(5_000)));
  }

  /** What is left of text in UTF-8, which has nothing for half a character. */
  static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  static void hasNoControls(String text) {
    assertThat(text).doesNotContainPattern("[\\p{Cntrl}\\x80-\\x9f\u2028\u2029" + BIDI + "]");
  }

  /** Undoes what tsv does to control characters and backslashes. */
  static String unescape(String value) {
    return ESCAPE
        .matcher(value)
        .replaceAll(escape -> {
          String hex = escape.group(1) == null ? escape.group(2) : escape.group(1);
          return Matcher.quoteReplacement(unescaped(hex, escape.group(3)));
        });
  }

  private static String unescaped(String hex, String letter) {
    if (hex != null) {
      return String.valueOf((char) Integer.parseInt(hex, 16));
    }
    return switch (letter) {
      case "t" -> "\t";
      case "n" -> "\n";
      case "r" -> "\r";
      default -> letter;
    };
  }
}

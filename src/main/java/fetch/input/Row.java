package fetch.input;

import fetch.EntryOverrides;
import fetch.FailureKind;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/** One row of a structured list. */
sealed interface Row {
  /** The most characters shown of an invalid row. */
  int EXCERPT = 256;

  /** The columns or keys beside the URL, null if there are none. */
  @Nullable Meta meta();

  /**
   * It has a URL.
   *
   * @param url text that should be a URL, trimmed and not empty
   * @param own settings that override those of the run, null for none
   * @param shown the input of the record; null for the URL
   */
  record Good(String url, @Nullable EntryOverrides own, @Nullable Meta meta, @Nullable String shown)
      implements Row {
    Good(String url, @Nullable EntryOverrides own, @Nullable Meta meta) {
      this(url, own, meta, null);
    }
  }

  /**
   * It is a bad line of a list that was divided.
   *
   * @param input of the record
   * @param message of the record
   */
  record Known(String input, FailureKind kind, String message, @Nullable Meta meta)
      implements Row {}

  /**
   * It is invalid.
   *
   * @param input the part to show
   */
  record Bad(String input, String reason, @Nullable Meta meta) implements Row {
    Bad(String input, String reason) {
      this(input, reason, null);
    }
  }

  /** Its scheme is not supported, such as {@code ftp://example.org/}. */
  record OtherScheme(String url, String scheme, @Nullable Meta meta) implements Row {}

  /** The beginning of a row's text, for messages. */
  static String excerpt(String text) {
    String shown = text.strip();
    if (shown.length() <= EXCERPT) {
      return shown;
    }
    boolean halved = Character.isHighSurrogate(shown.charAt(EXCERPT - 1));
    return shown.substring(0, halved ? EXCERPT - 1 : EXCERPT) + "…";
  }
}

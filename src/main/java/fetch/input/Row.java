package fetch.input;

import fetch.EntryOverrides;
import fetch.FailureKind;
import fetch.Meta;
import org.jspecify.annotations.Nullable;

/** One row of a structured list. */
sealed interface Row {
  /** How much is shown of a row that cannot be understood. */
  int EXCERPT = 256;

  /** What it says beside the URL, null when that is nothing. */
  @Nullable Meta meta();

  /**
   * It names something to fetch.
   *
   * @param url what is to be a URL, trimmed and not empty
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
   * It was found to name nothing to fetch when its list was divided.
   *
   * @param input of the record
   * @param message of the record
   */
  record Known(String input, FailureKind kind, String message, @Nullable Meta meta)
      implements Row {}

  /**
   * It does not.
   *
   * @param input what to show of it
   */
  record Bad(String input, String reason, @Nullable Meta meta) implements Row {
    Bad(String input, String reason) {
      this(input, reason, null);
    }
  }

  /** It names something that fetch cannot fetch, such as {@code ftp://example.org/}. */
  record OtherScheme(String url, String scheme, @Nullable Meta meta) implements Row {}

  /** The beginning of a row's text, to be shown. */
  static String excerpt(String text) {
    String shown = text.strip();
    if (shown.length() <= EXCERPT) {
      return shown;
    }
    boolean halved = Character.isHighSurrogate(shown.charAt(EXCERPT - 1));
    return shown.substring(0, halved ? EXCERPT - 1 : EXCERPT) + "…";
  }
}

package fetch.report;

import java.util.Locale;

/** Writes HTML and the SVG within it. */
public final class Markup {
  /**
   * Control characters, line separators, and characters that change the direction of text (UAX 9).
   */
  private static final String CONTROLS = "[\\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]";

  private final StringBuilder text = new StringBuilder();

  /** Escapes text. Characters that would break lines or disguise a URL are replaced. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replaceAll(CONTROLS, "\uFFFD");
  }

  /**
   * Appends markup.
   *
   * @param format as {@link String#format}, with numbers as {@code %s}; strings are escaped
   */
  public Markup add(String format, Object... values) {
    Object[] written = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      written[i] =
          switch (values[i]) {
            case Double number -> number(number);
            case Markup markup -> markup.toString();
            case Object other -> escaped(other.toString());
          };
    }
    text.append(String.format(Locale.ROOT, format, written)).append('\n');
    return this;
  }

  /** Begins a card: a section with a heading and a caption. */
  public void beginCard(String heading, String caption) {
    add("<section class=\"card\"><h2>%s</h2>", heading);
    add("<p class=\"caption\">%s</p>", caption);
  }

  /** Ends a card. */
  public void endCard() {
    add("</section>");
  }

  /** A tenth of a pixel is precise enough. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

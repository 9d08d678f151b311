package fetch.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTML page in a single file, without scripts.
 *
 * @param title of the window
 * @param heading of the page
 * @param footer how to read the page
 */
public record Page(String title, String heading, String footer) {
  private static final String TEMPLATE = "page.html";
  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  /**
   * Makes the page. Each place is filled once, so text that looks like a place stays text.
   *
   * @param facts short facts below the heading
   * @param body what is between heading and footer
   */
  public String of(String facts, Markup body) {
    Map<String, String> parts =
        Map.of(
            "TITLE", Markup.escaped(title),
            "HEADING", Markup.escaped(heading),
            "FACTS", Markup.escaped(facts),
            "BODY", body.toString(),
            "FOOTER", Markup.escaped(footer));
    return PLACE
        .matcher(template())
        .replaceAll(place -> Matcher.quoteReplacement(part(parts, place)));
  }

  private static String part(Map<String, String> parts, MatchResult place) {
    String part = parts.get(place.group(1));
    if (part == null) {
      throw new IllegalStateException(TEMPLATE + " has an unknown place " + place.group());
    }
    return part;
  }

  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException(TEMPLATE + " is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

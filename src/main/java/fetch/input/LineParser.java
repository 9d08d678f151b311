package fetch.input;

import fetch.Entry;
import fetch.input.JsonRows.OptionKeys;
import org.jspecify.annotations.Nullable;

/**
 * Parses single lines of a list in any order, for lists that several machines read. Yields the same
 * entries as an {@link EntryReader}. For one thread.
 */
public final class LineParser {
  private final LineList.Syntax syntax;

  private LineParser(LineList.Syntax syntax) {
    this.syntax = syntax;
  }

  /**
   * For lists with one URL or value per line.
   *
   * @param template makes URLs of values, null if lines are URLs
   */
  public static LineParser ofUrls(
      @Nullable UrlTemplate template, Source source, EntryParser parser) {
    return new LineParser(new PlainSyntax(source, parser, template));
  }

  /**
   * For lists with one JSON object (RFC 8259) per line, whose values may make the URL.
   *
   * @param urlKey has the URL; ignored with a template
   * @param options whether objects may override how their URL is requested; otherwise such keys are
   *     ignored
   * @param template makes URLs of other keys, null if {@code urlKey} has them
   */
  public static LineParser ofObjects(
      String urlKey,
      boolean options,
      @Nullable UrlTemplate template,
      Source source,
      EntryParser parser) {
    OptionKeys keys = options ? OptionKeys.OBEYED : OptionKeys.IGNORED;
    return ofKeys(new JsonRows(urlKey, keys, template), source, parser);
  }

  /**
   * For rows of a table, as JSON objects, whose values may make the URL. All other keys are data.
   *
   * @param urlKey has the URL; ignored with a template
   * @param template makes URLs of other keys, null if {@code urlKey} has them
   */
  public static LineParser ofRows(
      String urlKey, @Nullable UrlTemplate template, Source source, EntryParser parser) {
    return ofKeys(new JsonRows(urlKey, OptionKeys.DATA, template), source, parser);
  }

  private static LineParser ofKeys(JsonRows rows, Source source, EntryParser parser) {
    return new LineParser(new JsonSyntax(rows, source, parser));
  }

  /** The text of a line: trimmed, and only its beginning if it is too long. */
  public static String text(byte[] line, int length) {
    return LineReader.line(0, line, 0, length).text();
  }

  /** The fault of the bytes of a line, null for none. */
  public static @Nullable String fault(byte[] line, int length) {
    return LineReader.line(0, line, 0, length).fault();
  }

  /** Whether a text is an entry, and not a blank line or a comment. */
  public boolean isEntry(String text) {
    return syntax.isEntry(new Line(0, text, null));
  }

  /**
   * Parses an entry. Never fails: invalid input becomes a {@link fetch.BadLine}.
   *
   * @param number of the line in its list, from 1
   * @param text as {@link #text} returns it
   * @param fault as {@link #fault} returns it
   */
  public Entry parse(long urlnum, long number, String text, @Nullable String fault) {
    return syntax.parse(urlnum, new Line(number, text, fault));
  }
}

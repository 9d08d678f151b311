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

  /** For lists with one URL per line. */
  public static LineParser ofUrls(Source source, EntryParser parser) {
    return new LineParser(new PlainSyntax(source, parser, null));
  }

  /**
   * For lists with one JSON object per line (RFC 8259).
   *
   * @param urlKey has the URL
   * @param options whether objects may override how their URL is requested; otherwise such keys are
   *     ignored
   */
  public static LineParser ofObjects(
      String urlKey, boolean options, Source source, EntryParser parser) {
    return ofKeys(urlKey, options ? OptionKeys.OBEYED : OptionKeys.IGNORED, source, parser);
  }

  /**
   * For rows of a table, as JSON objects. All keys but the one with the URL are data.
   *
   * @param urlKey has the URL
   */
  public static LineParser ofRows(String urlKey, Source source, EntryParser parser) {
    return ofKeys(urlKey, OptionKeys.DATA, source, parser);
  }

  private static LineParser ofKeys(
      String urlKey, OptionKeys options, Source source, EntryParser parser) {
    return new LineParser(new JsonSyntax(new JsonRows(urlKey, options, null), source, parser));
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

package fetch.input;

import fetch.Entry;
import fetch.input.JsonRows.OptionKeys;
import org.jspecify.annotations.Nullable;

/**
 * Parses lines of a list in any order, wherever they are: for lists that several machines read. The
 * entries are those that an {@link EntryReader} makes of the same lines. For one thread.
 */
public final class LineParser {
  private final LineList.Syntax syntax;

  private LineParser(LineList.Syntax syntax) {
    this.syntax = syntax;
  }

  /** For lists with one URL a line. */
  public static LineParser ofUrls(Source source, EntryParser parser) {
    return new LineParser(new PlainSyntax(source, parser, null));
  }

  /**
   * For lists with one JSON object a line (RFC 8259).
   *
   * @param urlKey has the URL
   * @param options whether objects may say how their URL is requested; if not, that is ignored
   */
  public static LineParser ofObjects(
      String urlKey, boolean options, Source source, EntryParser parser) {
    return ofKeys(urlKey, options ? OptionKeys.OBEYED : OptionKeys.IGNORED, source, parser);
  }

  /**
   * For rows of a table, as JSON objects: all but the URL is only data, whatever it is called.
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

  /** The text of a line: trimmed, and no more than its beginning when it is too long. */
  public static String text(byte[] line, int length) {
    return LineReader.line(0, line, 0, length).text();
  }

  /** What is wrong with the bytes of a line, null for nothing. */
  public static @Nullable String fault(byte[] line, int length) {
    return LineReader.line(0, line, 0, length).fault();
  }

  /** Whether a text is an entry, not a blank line or a comment. */
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

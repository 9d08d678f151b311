package fetch.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the tokens of XML (XML 1.0, sections 2.3 to 2.8 and 4.1): names and references. Skips
 * comments, instructions and the document type.
 */
final class XmlTokens {
  private static final int MOST_NAME = 1000;

  private final XmlText in;

  /**
   * Begins to read.
   *
   * @param in supports marks
   * @param line the number of its first line
   */
  XmlTokens(InputStream in, long line) throws IOException {
    this.in = new XmlText(in, line);
  }

  /** The line that was reached. */
  long line() {
    return in.line();
  }

  /** Why the document is not valid, with the line. */
  IOException fault(String reason) {
    return in.fault(reason);
  }

  /** Returns the next character, which stays the next, or {@link XmlText#END}. */
  int peek() throws IOException {
    return in.peek();
  }

  /** Reads the name of an element or an attribute, with its prefix. */
  String name() throws IOException {
    StringBuilder read = new StringBuilder();
    while (isNamePart(in.peek())) {
      read.append((char) in.read());
      if (read.length() > MOST_NAME) {
        throw in.fault("a name of more than 1,000 characters");
      }
    }
    String found = read.toString();
    int colon = found.indexOf(':');
    boolean prefixed = colon > 0 && colon < found.length() - 1;
    if (found.isEmpty()
        || !isNameStart(found.charAt(0))
        || (colon >= 0 && !(prefixed && isNameStart(found.charAt(colon + 1))))
        || found.indexOf(':', colon + 1) > 0) {
      throw unexpected();
    }
    return found;
  }

  private static boolean isNameStart(int c) {
    return c == '_' || c == ':' || c >= 0xc0 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xb7;
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  /** Passes over white space. Returns whether there was any. */
  boolean skipBlanks() throws IOException {
    boolean any = false;
    while (isBlank(in.peek())) {
      in.read();
      any = true;
    }
    return any;
  }

  /** Reads the expected text. */
  void expect(String expected) throws IOException {
    for (int i = 0; i < expected.length(); i++) {
      if (in.peek() != expected.charAt(i)) {
        throw unexpected();
      }
      in.read();
    }
  }

  /** Reads a character inside markup, where the document must not end. */
  int need() throws IOException {
    int c = in.read();
    if (c == XmlText.END) {
      throw unexpected();
    }
    return c;
  }

  /** The error for an unexpected next character. */
  IOException unexpected() throws IOException {
    int c = in.peek();
    if (c == XmlText.END) {
      return in.fault("it ends inside a tag");
    }
    String found = isBlank(c) ? "white space" : Row.excerpt(String.valueOf((char) c));
    return in.fault("unexpected " + found + " in a tag");
  }

  /** Reads a reference to a character, behind its ampersand. */
  int reference() throws IOException {
    StringBuilder reference = new StringBuilder();
    for (int c = need(); c != ';'; c = need()) {
      reference.append((char) c);
      if (reference.length() > MOST_NAME || isBlank(c) || c == '<' || c == '&') {
        throw in.fault("an & that begins no entity; write it as &amp;");
      }
    }
    String entity = reference.toString();
    return switch (entity) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "apos" -> '\'';
      case "quot" -> '"';
      default -> {
        int point = point(entity);
        if (point < 0) {
          throw in.fault("the entity " + Row.excerpt(entity) + " is not defined");
        }
        yield point;
      }
    };
  }

  /** The code point of a numeric reference; negative if it is not a valid character. */
  private static int point(String entity) {
    try {
      boolean hex = entity.startsWith("#x");
      int point =
          !entity.startsWith("#")
              ? -1
              : Integer.parseUnsignedInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
      boolean control = point < ' ' && point != '\t' && point != '\n' && point != '\r';
      boolean none = point > Character.MAX_CODE_POINT || point == 0xfffe || point == 0xffff;
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      return control || none || half ? -1 : point;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /** Passes over the rest of an instruction. */
  void skipInstruction() throws IOException {
    for (int before = 0, c = need(); before != '?' || c != '>'; c = need()) {
      before = c;
    }
  }

  /** Passes over the rest of a comment. */
  void skipComment() throws IOException {
    for (int dashes = 0; dashes < 2; ) {
      dashes = need() == '-' ? dashes + 1 : 0;
    }
    expect(">");
  }

  /** Passes over a document type with its internal subset. Only its quotes and brackets count. */
  void skipDocumentType() throws IOException {
    boolean subset = false;
    for (int c = need(); subset || c != '>'; c = need()) {
      switch (c) {
        case '[' -> subset = true;
        case ']' -> subset = false;
        case '"', '\'' -> skipTo(c);
        case '<' -> skipInSubset();
        default -> {}
      }
    }
  }

  private void skipInSubset() throws IOException {
    if (in.peek() == '?') {
      skipInstruction();
    } else if (in.peek() == '!') {
      in.read();
      if (in.peek() == '-') {
        expect("--");
        skipComment();
      }
    }
  }

  private void skipTo(int last) throws IOException {
    while (need() != last) {
      // A quoted text.
    }
  }
}

package fetch.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML 1.0 with namespaces, event by event: elements and their text. A document that is not
 * well-formed ends with an exception that names the line. The document type is passed over: its
 * entities are not defined, and nothing that it names is read.
 *
 * <p>Memory does not depend on the document: names and namespaces have at most 1,000 characters, an
 * element 200 attributes, and 200 elements are inside each other, as in the JDK's own readers.
 * java.xml is not used because it is 4 MB of the distribution.
 */
final class XmlReader {
  /** What comes next. */
  enum Event {
    /** An element begins. */
    START,
    /** A piece of the text of an element, of some thousand characters at most. */
    TEXT,
    /** An element ends. */
    END,
    /** The document ends. */
    DONE
  }

  private static final int PIECE = 4096;
  private static final int MOST_NAMESPACE = 1000;
  private static final int MOST_DEPTH = 200;
  private static final int MOST_ATTRIBUTES = 200;
  private static final int MOST_NAMESPACES = 1000;

  /** An open element, and how many namespaces were bound outside it. */
  private record Element(String qualified, int bindings) {}

  private final XmlTokens in;
  private final Deque<Element> open = new ArrayDeque<>();
  private final XmlNamespaces namespaces = new XmlNamespaces();
  private final StringBuilder text = new StringBuilder();
  private boolean begun;
  private boolean rooted;
  private boolean typed;

  /** Whether the element that began has no end tag. */
  private boolean empty;

  private boolean cdata;

  /** How many of the last two characters of the text are closing brackets. */
  private int brackets;

  private String name = "";
  private String namespace = "";

  /**
   * Begins to read.
   *
   * @param in supports marks
   * @param line the number of its first line
   */
  XmlReader(InputStream in, long line) throws IOException {
    this.in = new XmlTokens(in, line);
  }

  /** The name of the element that began last, without its prefix. */
  String name() {
    return name;
  }

  /** The namespace of the element that began last; may be empty. */
  String namespace() {
    return namespace;
  }

  /** The line that was reached. */
  long line() {
    return in.line();
  }

  /** The piece of text that came last; changes with the next event. */
  CharSequence text() {
    return text;
  }

  Event next() throws IOException {
    text.setLength(0);
    if (empty) {
      empty = false;
      return end();
    }
    while (text.length() < PIECE) {
      int c = in.peek();
      if (cdata) {
        cdataCharacter();
      } else if (c == XmlText.END) {
        return done();
      } else if (c != '<') {
        character();
      } else if (!text.isEmpty()) {
        return Event.TEXT;
      } else {
        Event event = markup();
        if (event != null) {
          return event;
        }
      }
    }
    return Event.TEXT;
  }

  private Event done() throws IOException {
    if (!open.isEmpty()) {
      throw in.fault("it ends inside " + Row.excerpt(open.element().qualified()));
    }
    if (!rooted) {
      throw in.fault("it has no element");
    }
    return Event.DONE;
  }

  /** Reads markup; null if it is not an event. */
  private @Nullable Event markup() throws IOException {
    in.need();
    brackets = 0;
    boolean first = !begun;
    begun = true;
    switch (in.peek()) {
      case '/' -> {
        return endTag();
      }
      case '?' -> instruction(first);
      case '!' -> declaration();
      default -> {
        return startTag();
      }
    }
    return null;
  }

  private void instruction(boolean first) throws IOException {
    in.need();
    String target = in.name();
    if (target.equalsIgnoreCase("xml") && !first) {
      throw in.fault("an XML declaration that is not at the start");
    }
    if (in.peek() != '?' && !in.skipBlanks()) {
      throw in.unexpected();
    }
    in.skipInstruction();
  }

  private void declaration() throws IOException {
    in.need();
    if (in.peek() == '-') {
      in.expect("--");
      in.skipComment();
    } else if (in.peek() == '[' && !open.isEmpty()) {
      in.expect("[CDATA[");
      cdata = true;
    } else if (!rooted && !typed) {
      in.expect("DOCTYPE");
      typed = true;
      in.skipDocumentType();
    } else {
      throw in.unexpected();
    }
  }

  private Event startTag() throws IOException {
    if (rooted && open.isEmpty()) {
      throw in.fault("a second root element");
    }
    if (open.size() == MOST_DEPTH) {
      throw in.fault("more than 200 elements inside each other");
    }
    rooted = true;
    open.push(new Element(in.name(), namespaces.size()));
    Set<String> attributes = new HashSet<>();
    boolean blank = in.skipBlanks();
    while (in.peek() != '>' && in.peek() != '/') {
      if (!blank) {
        throw in.unexpected();
      }
      attribute(attributes);
      blank = in.skipBlanks();
    }
    empty = in.peek() == '/';
    in.expect(empty ? "/>" : ">");
    for (String attribute : attributes) {
      if (!attribute.startsWith("xmlns:")) {
        resolve(attribute);
      }
    }
    namespace = resolve(open.element().qualified());
    name = local(open.element().qualified());
    return Event.START;
  }

  private void attribute(Set<String> attributes) throws IOException {
    String attribute = in.name();
    in.skipBlanks();
    in.expect("=");
    in.skipBlanks();
    boolean binds = attribute.equals("xmlns") || attribute.startsWith("xmlns:");
    String value = value(binds);
    if (binds) {
      namespaces.bind(attribute.equals("xmlns") ? "" : local(attribute), value);
    }
    if (!attributes.add(attribute)) {
      throw in.fault("the attribute " + Row.excerpt(attribute) + " twice");
    }
    if (attributes.size() > MOST_ATTRIBUTES || namespaces.size() > MOST_NAMESPACES) {
      throw in.fault("too many attributes");
    }
  }

  /** Reads the value of an attribute; returns it if it is needed. */
  private String value(boolean needed) throws IOException {
    int quote = in.need();
    if (quote != '"' && quote != '\'') {
      throw in.fault("an attribute without quotes");
    }
    StringBuilder value = new StringBuilder();
    for (int c = in.need(); c != quote; c = in.need()) {
      if (c == '<') {
        throw in.fault("a < in an attribute");
      }
      int point = c == '&' ? in.reference() : c;
      if (needed) {
        value.appendCodePoint(point);
      }
      if (value.length() > MOST_NAMESPACE) {
        throw in.fault("a namespace of more than 1,000 characters");
      }
    }
    return value.toString();
  }

  private Event endTag() throws IOException {
    in.need();
    String ended = in.name();
    in.skipBlanks();
    in.expect(">");
    if (open.isEmpty() || !open.element().qualified().equals(ended)) {
      String inside =
          open.isEmpty() ? "outside of the root" : "inside " + open.element().qualified();
      throw in.fault("the end of " + Row.excerpt(ended) + " " + Row.excerpt(inside));
    }
    return end();
  }

  private Event end() {
    namespaces.restore(open.pop().bindings());
    return Event.END;
  }

  private void character() throws IOException {
    int c = in.need();
    begun = true;
    if (open.isEmpty()) {
      if (!XmlTokens.isBlank(c)) {
        throw in.fault("text outside of the root element");
      }
    } else if (c == '&') {
      text.appendCodePoint(in.reference());
      brackets = 0;
    } else if (c == '>' && brackets == 2) {
      throw in.fault("]]> outside of a CDATA section");
    } else {
      text.append((char) c);
      brackets = c == ']' ? Math.min(2, brackets + 1) : 0;
    }
  }

  /** Two brackets wait until it is known whether they end the section. */
  private void cdataCharacter() throws IOException {
    int c = in.need();
    if (c == ']' && brackets < 2) {
      brackets++;
    } else if (c == ']') {
      text.append(']');
    } else {
      cdata = c != '>' || brackets < 2;
      if (cdata) {
        text.repeat(']', brackets).append((char) c);
      }
      brackets = 0;
    }
  }

  private String resolve(String qualified) throws IOException {
    int colon = qualified.indexOf(':');
    String prefix = qualified.substring(0, Math.max(colon, 0));
    String uri = namespaces.of(prefix);
    if (uri == null || (!prefix.isEmpty() && uri.isEmpty())) {
      throw in.fault("the prefix " + Row.excerpt(prefix) + " has no namespace");
    }
    return uri;
  }

  private static String local(String qualified) {
    return qualified.substring(qualified.indexOf(':') + 1);
  }
}

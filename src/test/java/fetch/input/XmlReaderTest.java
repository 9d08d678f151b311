package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.input.XmlReader.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own reader of XML says what is right. */
class XmlReaderTest {
  private static final String DOCUMENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <?style a?><!DOCTYPE a [<!ENTITY x "y>"><!-- '> -->]>
      <!-- a - b -->
      <a xmlns="urn:a" xmlns:p='urn:p'>
        <p:b c="1" p:c='&lt;2&#10;'/ ><b d="]]>"/>
        one&amp;two &#x1F600; <![CDATA[<three> ]] ]]]>]<?pi?>
        <p:c xmlns:p="urn:q" xml:lang="e"><p:d></p:d ></p:c><é.1-x/>
      </a>
      <!-- end --> <?end ?>
      """
          .replace("/ >", "/>");

  private static final Pattern COLON_FIRST = Pattern.compile("[\\s</?]:");

  /** The events of a document, then whether it is valid. */
  private static List<String> events(String document) {
    List<String> events = new ArrayList<>();
    try {
      XmlReader xml =
          new XmlReader(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), 1);
      StringBuilder text = new StringBuilder();
      for (Event event = xml.next(); event != Event.DONE; event = xml.next()) {
        if (event == Event.TEXT) {
          text.append(xml.text());
          continue;
        }
        add(text, events);
        events.add(event == Event.START ? "<{" + xml.namespace() + "}" + xml.name() : ">");
      }
    } catch (IOException e) {
      events.add("not valid");
    }
    return events;
  }

  private static void add(StringBuilder text, List<String> events) {
    if (!text.isEmpty()) {
      events.add(text.toString());
      text.setLength(0);
    }
  }

  private static List<String> expected(String document) {
    List<String> events = new ArrayList<>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(document));
      StringBuilder text = new StringBuilder();
      while (xml.hasNext()) {
        int event = xml.next();
        if (xml.hasText() && event != XMLStreamConstants.COMMENT) {
          text.append(event == XMLStreamConstants.DTD ? "" : xml.getText());
        } else if (event == XMLStreamConstants.START_ELEMENT) {
          add(text, events);
          String uri = xml.getNamespaceURI();
          events.add("<{" + (uri == null ? "" : uri) + "}" + xml.getLocalName());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          add(text, events);
          events.add(">");
        }
      }
    } catch (XMLStreamException e) {
      events.add("not valid");
    }
    return events;
  }

  @Test
  void readsElementsTextAndNamespaces() {
    assertThat(events(DOCUMENT)).isEqualTo(expected(DOCUMENT)).doesNotContain("not valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a",
        "<a>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<a></b>",
        "</a>",
        "<a></a b>",
        "<1/>",
        "<a b/>",
        "<a b=c/>",
        "<a b='1'c='2'/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a b='&'/>",
        "<a b='&x;'/>",
        "<a>&x;</a>",
        "<a>& b</a>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a>&#x110000;</a>",
        "<a>&#99999999999;</a>",
        "<a>&#xFFFF;</a>",
        "<a>&#-1;</a>",
        "<a>&#x;</a>",
        "<a>]]></a>",
        "<a>\u0001</a>",
        "<a>\uffff</a>",
        "<a><![CDATA[</a>",
        "<![CDATA[x]]><a/>",
        "<a><!-- -- --></a>",
        "<a><!-- </a>",
        "<a><? b?></a>",
        "<a><?xml b?></a>",
        "<a/><?xml version='1.0'?>",
        "<a><!DOCTYPE a></a>",
        "<a/><!DOCTYPE a>",
        "<!DOCTYPE a",
        "<!DOCTYPE a><!DOCTYPE a><a/>",
        "<p:a/>",
        "<a p:b='1'/>",
        "<a:/>",
        "<a:b:c xmlns:a='urn:a'/>",
        "< a/>",
        "<a / >",
        "<>",
        "",
        " ",
        "<!-- a -->",
      })
  void refusesWhatTheStandardRefuses(String document) {
    assertThat(events(document)).endsWith("not valid");
    assertThat(expected(document)).endsWith("not valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'>]'", "\"]'>\"", "<!--'>]\"-->", "<?'>]\"?>", "<!ENTITY a '>]'>"})
  void passesOverTheDocumentType(String subset) {
    assertThat(events("<!DOCTYPE a SYSTEM '\">' [" + subset + "] ><a/>"))
        .containsExactly("<{}a", ">");
  }

  /** Most of these documents are not valid. */
  @Test
  void agreesWithTheJdkOnDocumentsWithAFault() {
    Random random = new Random(17);
    String parts = "<>/!?&;'\"=[]- :axp1#\n";
    for (int i = 0; i < 3000; i++) {
      StringBuilder document = new StringBuilder(DOCUMENT);
      int place = DOCUMENT.indexOf("<a ") + random.nextInt(180);
      int end = place + random.nextInt(3);
      String part = random.nextBoolean() ? "" : String.valueOf(parts.charAt(random.nextInt(20)));
      document.replace(place, end, part);
      if (COLON_FIRST.matcher(document).find()) {
        continue; // the JDK takes such names; the standard does not
      }

      assertThat(events(document.toString()))
          .as(document.toString())
          .isEqualTo(expected(document.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          <a>|<b>|</a>,         3, the end of a inside b
          <a>|&x;</a>,          2, the entity x is not defined
          |<a>|<b>|,            4, it ends inside b
          <a|p:b=''/>,          2, the prefix p has no namespace
          <a>|< b/>,            2, unexpected white space in a tag
          <?xml encoding='x'?>, 1, the encoding x is not known
          """)
  void saysWhatIsWrongAndInWhichLine(String document, int line, String fault) {
    String text = document.replace("|", "\r\n");
    assertThatThrownBy(
            () -> {
              XmlReader xml = reader(text.getBytes(StandardCharsets.UTF_8));
              while (xml.next() != Event.DONE) {
                // All of it.
              }
            })
        .hasMessage("line " + line + ": not valid XML: " + fault);
  }

  private static XmlReader reader(byte[] document) throws IOException {
    return new XmlReader(new ByteArrayInputStream(document), 1);
  }

  @Test
  void readsWhatComesBeforeBytesOfAnotherEncoding() throws IOException {
    XmlReader xml = reader("<a>\n<b/>\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(xml.next()).isEqualTo(Event.START);
    assertThat(xml.next()).isEqualTo(Event.TEXT);
    assertThat(xml.next()).isEqualTo(Event.START);
    assertThat(xml.next()).isEqualTo(Event.END);
    assertThatThrownBy(xml::next).hasMessage("line 2: not valid XML: bytes that are not UTF-8");
  }

  @Test
  void readsUtf8ThatIsDeclaredAsUtf16() throws IOException {
    String document = "<?xml version='1.0' encoding='utf-16'?><\u00e9/>";
    XmlReader xml = reader(document.getBytes(StandardCharsets.UTF_8));

    assertThat(xml.next()).isEqualTo(Event.START);
    assertThat(xml.name()).isEqualTo("\u00e9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\r", "]", "\u00e9"})
  void givesLongTextInPieces(String part) throws IOException {
    String text = part.repeat(100_001);
    for (String document : List.of("<a>" + text + "</a>", "<a><![CDATA[" + text + "]]></a>")) {
      XmlReader xml = reader(document.getBytes(StandardCharsets.UTF_8));
      StringBuilder read = new StringBuilder();
      xml.next();
      while (xml.next() == Event.TEXT) {
        assertThat(xml.text().length()).isLessThan(5000);
        read.append(xml.text());
      }
      assertThat(read).hasToString(text.replace('\r', '\n'));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<%s/>", "<a %s=''/>", "<a>&%s;</a>", "<a xmlns='%s'/>", "<a></%s>"})
  void boundsNames(String document) {
    assertThat(events(document.formatted("x".repeat(1 << 20)))).endsWith("not valid");
  }

  @Test
  void boundsElementsAndAttributes() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 201; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    assertThat(events("<a" + attributes + "/>")).containsExactly("not valid");
    assertThat(events("<a>".repeat(100_000))).hasSize(201).endsWith("not valid");
  }

  /** A pipe may stay open after an entry. */
  @Test
  void readsNoFurtherThanNeeded() throws IOException {
    byte[] document = "<a><b/>".getBytes(StandardCharsets.UTF_8);
    InputStream in =
        new ByteArrayInputStream(document) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            if (available() == 0) {
              throw new IllegalStateException("would wait");
            }
            return super.read(bytes, offset, length);
          }
        };
    XmlReader xml = new XmlReader(in, 1);

    assertThat(xml.next()).isEqualTo(Event.START);
    assertThat(xml.next()).isEqualTo(Event.START);
    assertThat(xml.next()).isEqualTo(Event.END);
  }
}

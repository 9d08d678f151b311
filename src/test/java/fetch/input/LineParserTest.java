package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.http.url.HttpUrlParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries from single lines, as machines make them that share a list. */
class LineParserTest {
  private static final EntryParser URLS = new EntryParser(new HttpUrlParser());
  private static final Source SOURCE = new Source.StandardInput(InputStream.nullInputStream());

  private static List<Entry> entries(LineParser parser, byte[]... lines) {
    List<Entry> entries = new ArrayList<>();
    long number = 0;
    for (byte[] line : lines) {
      String text = LineParser.text(line, line.length);
      number++;
      if (parser.isEntry(text)) {
        String fault = LineParser.fault(line, line.length);
        entries.add(parser.parse(entries.size(), number, text, fault));
      }
    }
    return entries;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void makesTheEntriesOfAListOfUrls() {
    String tooLong = "http://h/" + "x".repeat(70_000);
    List<Entry> whole =
        new Lists(InputFormat.LINES)
            .read("\ufeffhttp://h/1\n\n# no\n http://u:secret@h/2 \nftp://h/\nno url\n" + tooLong);

    assertThat(
            entries(
                LineParser.ofUrls(null, SOURCE, URLS),
                bytes("\ufeffhttp://h/1"),
                bytes(""),
                bytes("# no"),
                bytes(" http://u:secret@h/2 "),
                bytes("ftp://h/"),
                bytes("no url"),
                bytes(tooLong)))
        .isEqualTo(whole)
        .hasSize(5);
  }

  @Test
  void complainsOfALineThatIsNotUtf8() {
    byte[] line = {'h', 't', 't', 'p', ':', '/', '/', 'h', '/', (byte) 0xe4};

    assertThat(Lists.fault(entries(LineParser.ofUrls(null, SOURCE, URLS), line).getFirst()))
        .isEqualTo("line 1 of standard input: the line is not UTF-8");
  }

  @Test
  void makesTheEntriesOfAListOfObjects() {
    String post = "{\"at\":\"http://h/1\",\"method\":\"POST\",\"id\":7}";
    String broken = "{\"at\":";
    List<Entry> whole = new Lists(InputFormat.JSONL, "at").read(post + "\n\n" + broken);

    assertThat(
            entries(
                LineParser.ofObjects("at", true, null, SOURCE, URLS),
                bytes(post),
                bytes(""),
                bytes(broken)))
        .isEqualTo(whole)
        .hasSize(2);
  }

  @Test
  void takesEveryColumnOfATableForData() {
    byte[] row = bytes("{\"url\":\"http://h/1\",\"method\":\"carrier pigeon\",\"body\":null}");

    assertThat(Lists.meta(entries(LineParser.ofRows("url", null, SOURCE, URLS), row).getFirst()))
        .containsExactly("method=carrier pigeon", "body=null");
    assertThat(
            entries(LineParser.ofObjects("url", false, null, SOURCE, URLS), row).getFirst().meta())
        .isNull();
  }
}

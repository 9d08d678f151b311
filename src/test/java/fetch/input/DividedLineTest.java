package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.BadLine;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of a divided list are the entries that they were made of. */
class DividedLineTest {
  private final Lists jsonl = new Lists(InputFormat.JSONL);

  private List<Entry> again(List<Entry> entries) {
    return jsonl.read(entries.stream().map(DividedLine::of).collect(Collectors.joining("\n")));
  }

  /** Everything about entries; request bodies as text, as they have no equality. */
  private static List<String> shown(List<Entry> entries) {
    List<String> all = new ArrayList<>();
    for (Entry entry : entries) {
      String body = "";
      if (entry instanceof FetchRequest request) {
        boolean sends = request.own() != null && request.own().content() != null;
        body =
            request.target().location()
                + (sends
                    ? new String(request.own().content().bytes(), StandardCharsets.ISO_8859_1)
                        + request.own().content().type()
                        + request.own().content().accept()
                    : "")
                + (request.own() == null ? "" : request.own().headers() + "");
      }
      all.add(entry + body);
    }
    return all;
  }

  private void isKept(InputFormat format, String list) {
    List<Entry> entries = new Lists(format).read(list);

    assertThat(entries).isNotEmpty();
    assertThat(shown(again(entries))).isEqualTo(shown(entries));
    assertThat(jsonl.complaints()).isEmpty();
  }

  @Test
  void keepLinesGoodAndBad() {
    isKept(
        InputFormat.LINES,
        """
        https://example.org/
        # a comment
        example.org/ü?q=a"b\\c
        HTTP://User:pass@Example.ORG:80/%7Ea#part
        two words
        ftp://example.org/
        mailto:a@example.org
        http://
        https://user:secret@bad host/
        a\tb
        http://[::1]:8080/x
        """);
  }

  @Test
  void keepWhatIsNotUtf8OrTooLong() {
    byte[] broken = "http://h/\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
    String overlong = "http://h/" + "x".repeat(70_000) + "\n";
    List<Entry> entries = new Lists(InputFormat.LINES).read(new ByteArrayInputStream(broken));
    entries.addAll(new Lists(InputFormat.LINES).read(overlong));

    assertThat(entries).allMatch(BadLine.class::isInstance).hasSize(2);
    assertThat(again(List.of(entries.get(0)))).isEqualTo(List.of(entries.get(0)));
    assertThat(again(List.of(entries.get(1)))).isEqualTo(List.of(entries.get(1)));
  }

  @Test
  void keepTheCellsOfTables() {
    isKept(
        InputFormat.CSV,
        "method,url,headers,meta,@position,input,error\r\n"
            + "a,http://h/1,\"two\r\nlines\",\"q\"\"q\",5,x,\r\n"
            + "a,,,,,,\r\n"
            + "b,http://h/2\r\n"
            + "c,\"not closed\r\n");
  }

  @Test
  void keepRowsThatAreLongerWhenEscaped() {
    String cell = "\u0001".repeat(150_000);
    isKept(InputFormat.CSV, "url,cell\nhttp://h/," + cell + "\nhttp://h/2,\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"http://u:p@h/\",\"method\":\"PUT\",\"timeout\":\"250ms\"}",
        "{\"url\":\"h/\",\"headers\":{\"A\":[\"1\",\"2\"],\"B\":null,\"a\":\"x\"},\"timeout\":2.5}",
        "{\"url\":\"h/\",\"json\":{\"a\":[1.0,\"\\u0000\\n\"]},\"k\":{\"b\":[true,null,1e5]}}",
        "{\"url\":\"h/\",\"json\":\"text\\n\\\"\"}",
        "{\"url\":\"h/\",\"json\":12.50}",
        "{\"url\":\"h/\",\"body\":\"a=1&ü=\\u0007\"}",
        "{\"url\":\"h/\",\"body_base64\":\"/v8A\"}",
        "{\"url\":\"h/\",\"form\":{\"a\":[\"1\",\"ü\"],\"b\":2}}",
        "{\"url\":\"h/\",\"sha256\":\"00\"}",
        "{\"url\":\"h/\",\"meta\":{\"url\":1},\"url2\":\"x\",\"position\":3}",
        "{\"url\":\"h/\",\"a\":\"\\u2028\\ud83d\\ude00\u007f\u0085\"}",
        "{\"nothing\":1}",
        "{\"url\":\"h/\",\"headers\":{\"Authorization\":\"secret\"",
        "[]",
        "{\"url\":7}",
      })
  void keepJsonObjects(String object) {
    isKept(InputFormat.JSONL, object + "\n");
  }

  @Test
  void keepMetaThatIsNestedAsDeepAsItMayBe() {
    String deep = "[".repeat(990) + "]".repeat(990);
    isKept(InputFormat.JSONL, "{\"url\":\"h/\",\"a\":" + deep + "}\n");
    isKept(InputFormat.JSONL, "{\"url\":\"h/\",\"a\":" + "[".repeat(999) + "]".repeat(999) + "}\n");
  }

  @Test
  void keepSitemaps() {
    isKept(
        InputFormat.SITEMAP,
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://h/a?b&amp;c"
            + "</loc><priority>0.5</priority></url><url/></urlset>");
  }

  @Test
  void countOnFromTheLastPosition() {
    List<Entry> entries =
        jsonl.read(
            """
            {"@position":7,"url":"http://h/7"}
            {"url":"http://h/8"}
            {"@position" : 20 , "url":"http://h/20"}
            """);

    assertThat(entries.stream().map(Entry::urlnum)).containsExactly(7L, 8L, 20L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "3", "0"})
  void endAListWhosePositionsDoNotAscend(String position) {
    List<Entry> entries =
        jsonl.read(
            "{\"@position\":7,\"url\":\"http://h/7\"}\n{\"@position\":"
                + position
                + ",\"url\":\"http://h/\"}\n");

    assertThat(entries).hasSize(1);
    assertThat(jsonl.complaints())
        .containsExactly(
            "standard input: line 2: position "
                + position
                + " does not come after 7; fetch the parts of a divided list one by one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"@position\":-1,\"url\":\"h\"}|its @position is not a whole number from 0",
        "{\"@position\":1.5,\"url\":\"h\"}|its @position is not a whole number from 0",
        "{\"@position\":\"1\",\"url\":\"h\"}|its @position is not a whole number from 0",
        "{\"@position\":99999999999999999999,\"url\":\"h\"}|its @position is not a whole number",
        "{\"url\":\"h\",\"@position\":1}|its @position is not its first key",
        "{\"@position\":1,\"@position\":2,\"url\":\"h\"}|a key occurs twice",
        "{\"@position\":1,\"url\":\"h\",\"id\":2}|a list with @position has its other keys in meta",
        "{\"@position\":1,\"url\":\"h\",\"meta\":2}|its meta is not an object",
        "{\"@position\":1,\"input\":\"h\",\"error\":\"dns\"}|its error is not one of a bad line",
        "{\"@position\":1}|the object has no URL",
      })
  void areBadWhereTheyAreNotAsWritten(String line, String fault) {
    List<Entry> entries = jsonl.read(line + "\n");

    assertThat(entries).hasSize(1);
    assertThat(Lists.fault(entries.getFirst())).contains(fault);
  }

  /** A list may well be the results of a run. */
  @Test
  void areNotTheResultsOfARun() {
    Entry entry =
        jsonl
            .read("{\"urlnum\":5,\"input\":\"h\",\"url\":\"http://h/\",\"error\":null}\n")
            .getFirst();

    assertThat(entry.urlnum()).isZero();
    assertThat(Lists.meta(entry)).containsExactly("urlnum:5", "input=h", "error=null");
  }

  @Test
  void ignoreRequestOptionsIfTheRunDoes() {
    ListFormat format =
        new ListFormat(InputFormat.JSONL, null, false, false, null, null, ListFetcher.NONE);
    Entry entry =
        new Lists(format)
            .read("{\"@position\":3,\"url\":\"http://h/\",\"method\":\"PUT\"}")
            .getFirst();

    assertThat(((FetchRequest) entry).own()).isNull();
    assertThat(entry.urlnum()).isEqualTo(3);
  }

  @Test
  void passesOverNothingWhenAListIsCounted() {
    String list = "{\"@position\":7,\"url\":\"h\"}\n{\"@position\":90,\"url\":\"h\"}\n";
    EntryReader reader =
        jsonl.reader(
            new Source.StandardInput(
                new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8))));

    assertThat(reader.skip()).isEqualTo(2);
  }

  @Test
  void anEntryIsInThePartThatItsHostIsIn() {
    EntryParser parser = new EntryParser(new HttpUrlParser());
    List<Entry> entries = new Lists(InputFormat.LINES).read("http://h/\nhttp://h/2\nh h\n");

    int part = Shard.indexOf(entries.get(0), 64, HostKey.ITSELF, parser);
    assertThat(part).isEqualTo(Shard.indexOf("h", 64));
    assertThat(Shard.indexOf(entries.get(1), 64, HostKey.ITSELF, parser)).isEqualTo(part);
    assertThat(entries.get(2)).isInstanceOf(BadLine.class);
    assertThat(((BadLine) entries.get(2)).kind()).isEqualTo(FailureKind.INVALID_URL);
  }
}

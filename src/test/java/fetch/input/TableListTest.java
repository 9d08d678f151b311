package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TableListTest {
  private final Lists csv = new Lists(InputFormat.CSV);

  private static List<String> meta(String list) {
    return Lists.meta(new Lists(InputFormat.CSV).read(list).getFirst());
  }

  @Test
  void carriesTheOtherColumns() {
    List<Entry> entries = csv.read("id,url,label\n1, http://h/1 ,one\n2,http://h/2,\n");

    assertThat(entries).extracting(Entry::urlnum).containsExactly(0L, 1L);
    assertThat(entries).extracting(Entry::input).containsExactly("http://h/1", "http://h/2");
    assertThat(entries).extracting(Lists::url).containsExactly("http://h/1", "http://h/2");
    assertThat(entries.getFirst())
        .extracting(Lists::meta)
        .asString()
        .isEqualTo("[id=1, label=one]");
    assertThat(entries.getLast()).extracting(Lists::meta).asString().isEqualTo("[id=2, label=]");
    assertThat(csv.complaints()).isEmpty();
  }

  /** RFC 4180, section 2, and what implementations disagree on. */
  @Test
  void keepsCellsAsTheyAre() {
    assertThat(meta("url,a\nh/,\"b CRLF\r\nbb\"\r\n")).containsExactly("a=b CRLF\r\nbb");
    assertThat(meta("url,a\nh/,\"b\"\"bb\"")).containsExactly("a=b\"bb");
    assertThat(meta("url,a\nh/,\"x, y\"\n")).containsExactly("a=x, y");
    assertThat(meta("url,a,b\nh/,\"\", \n")).containsExactly("a=", "b= ");
    assertThat(meta("url,a\nh/, \"x\" \n")).containsExactly("a= \"x\" ");
    assertThat(meta("url,a\nh/,\"\"\"\"\n")).containsExactly("a=\"");
    assertThat(meta("url,a\nh/,{\"\"k\"\": 1}\n")).containsExactly("a={\"\"k\"\": 1}");
    assertThat(meta("url,a\nh/,\"{\"\"k\"\": \"\"v,\n\"\"}\"\n"))
        .containsExactly("a={\"k\": \"v,\n\"}");
    assertThat(meta("url,a\nh/,ʤ 😀\n")).containsExactly("a=ʤ 😀");
    assertThat(meta("\"url\",\"a \"\"b\"\"\"\nh/,x")).containsExactly("a \"b\"=x");
    assertThat(meta("\uFEFF\"url\",a\rh/,x\r")).containsExactly("a=x");
  }

  @Test
  void takesTheUrlFromACellOfSeveralLines() {
    assertThat(csv.read("url\n\"\n http://h/1\n\"\n"))
        .extracting(Entry::input)
        .containsExactly("http://h/1");
  }

  @Test
  void readsTablesWithTabs() {
    List<Entry> entries = new Lists(InputFormat.TSV).read("url\ta,b\nh/1,2\t\"x\ty\"\n\th\n");

    assertThat(entries.getFirst().input()).isEqualTo("h/1,2");
    assertThat(Lists.meta(entries.getFirst())).containsExactly("a,b=x\ty");
    assertThat(Lists.fault(entries.getLast()))
        .endsWith("line 3 of standard input: the row has no URL");
  }

  @Test
  void readsATableWithoutAHeader() {
    assertThat(csv.read("1,google.com\n2,h/2\n"))
        .extracting(Entry::input)
        .containsExactly("google.com", "h/2");
    assertThat(meta("1,google.com\n")).containsExactly("column1=1");
    assertThat(csv.read("http://h/1\nh/2\n")).hasSize(2).allMatch(entry -> entry.meta() == null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sep=,\nid,url\n1,h/1\n",
        "\ufeffsep=,\r\nid,url\r\n1,h/1\r\n",
        "SEP=;\nid;url\n1;h/1\n",
        "\"sep=;\"\nid;url\n1;h/1\n",
        "sep=\t\nid\turl\n1\th/1\n",
        "sep=|\n1|h.example/1\n"
      })
  void takesExcelsFirstLineForTheSeparator(String list) {
    List<Entry> entries = csv.read(list);

    assertThat(entries).extracting(Entry::urlnum).containsExactly(0L);
    assertThat(entries).extracting(Entry::input).singleElement().asString().endsWith("/1");
    assertThat(csv.complaints()).isEmpty();
  }

  @Test
  void takesExcelsLineForARowFurtherDown() {
    assertThat(csv.read("url\nsep=,\n")).extracting(Entry::input).containsExactly("sep=");
    assertThat(csv.read("url\nsep=x\n")).extracting(Entry::input).containsExactly("sep=x");
  }

  @Test
  void readsATableOfCellsThatCannotBeSeen() {
    List<Entry> entries = csv.read("\u200burl\u00a0,a\n\u00a0h/1\u200b,x\n\u00a0,\u200b\n");

    assertThat(entries).extracting(Entry::input).containsExactly("h/1");
  }

  @Test
  void goesByTheColumnAskedFor() {
    assertThat(new Lists(InputFormat.CSV, "SITE").read("url,site\nh/1,h/2\n"))
        .extracting(Entry::input)
        .containsExactly("h/2");
    assertThat(new Lists(InputFormat.CSV, "2").read("h/1,h/2.x\nh.x/3,h.x/4\n"))
        .extracting(Entry::input)
        .containsExactly("h.x/4");
  }

  @Test
  void passesOverEmptyRows() {
    assertThat(csv.read("\n , \nurl,a\n\r\n,,\n \t\n,,,,\nh/1,x\n\n"))
        .extracting(Entry::input)
        .containsExactly("h/1");
    assertThat(csv.read("url,a\n")).isEmpty();
    assertThat(csv.read("\n\n")).isEmpty();
    assertThat(csv.complaints()).isEmpty();
  }

  @Test
  void takesARowThatIsTooShort() {
    List<Entry> entries = csv.read("url,a,b\nh/1,x\nh/2\n");

    assertThat(Lists.meta(entries.getFirst())).containsExactly("a=x", "b=null");
    assertThat(Lists.meta(entries.getLast())).containsExactly("a=null", "b=null");
  }

  @Test
  void refusesARowThatMayHaveBeenCutInTheWrongPlace() {
    List<Entry> entries = csv.read("url\nhttp://h/a,b\nhttp://h/c,,\n");

    assertThat(entries.getFirst().input()).isEqualTo("http://h/a,b");
    assertThat(Lists.fault(entries.getFirst()))
        .isEqualTo(
            "line 2 of standard input: the row has 2 cells, the first row has 1; quote"
                + " cells that contain a separator");
    assertThat(Lists.url(entries.getLast())).isEqualTo("http://h/c");
  }

  @Test
  void keepsWhatIsSaidOfABadUrl() {
    List<Entry> entries = csv.read("a,url\nx,http://%%/\ny,ftp://u:secret@h/\nz,\n,\"\"\n");

    assertThat(entries)
        .extracting(Entry::input)
        .containsExactly("http://%%/", "ftp://u:***@h/", "z,", ",\"\"");
    assertThat(entries).extracting(Lists::meta).asString().isEqualTo("[[a=x], [a=y], [a=z], [a=]]");
    assertThat(Lists.fault(entries.get(2)))
        .isEqualTo("line 4 of standard input: the row has no URL");
  }

  @Test
  void givesEachBadRowItsRecordAndReadsTheOthers() {
    List<Entry> entries =
        csv.read("a,url\n\"\n\",h/1\nx\0y,h/2\n\"x\"y,h/3\n#z,h/4\n\"x,http://u:secret@h/5\nx,h/6");

    assertThat(entries).extracting(Entry::urlnum).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(entries)
        .extracting(Entry::input)
        .containsExactly("h/1", "x\0y,h/2", "\"x\"y,h/3", "h/4", "\"x,http://u:***@h/5", "h/6");
    assertThat(Lists.fault(entries.get(1)))
        .isEqualTo("line 4 of standard input: the row has a NUL byte");
    assertThat(Lists.fault(entries.get(2)))
        .startsWith("line 5 of standard input: not a valid CSV row: text after the closing quote");
    assertThat(Lists.fault(entries.get(4)))
        .startsWith("line 7 of standard input: not a valid CSV row: unclosed quote");
  }

  @Test
  void showsTheBeginningOfALongBadRow() {
    Entry entry = csv.read("a,url\n" + "x".repeat(1000) + ",\n").getFirst();

    assertThat(entry.input()).isEqualTo("x".repeat(256) + "…");
  }

  @Test
  void refusesARowOfMoreCellsThanFastcsvReads() {
    List<Entry> entries = csv.read("url\nh/1" + ",x".repeat(20_000) + "\nh/2\n");

    assertThat(Lists.fault(entries.getFirst()))
        .startsWith("line 2 of standard input: not a valid CSV row");
    assertThat(entries.getLast().input()).isEqualTo("h/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name,site\nx,h/1\n", "\"url\nh/1", "\"url\"x\n", "url;name\nh/1;x"})
  void readsNothingOfATableWhoseColumnsCannotBeTold(String list) {
    assertThat(csv.read(list)).isEmpty();
    assertThat(csv.complaints()).singleElement().asString().startsWith("standard input: ");
  }

  @Test
  void handsAnEntryOnWithoutWaitingForTheNext() throws IOException {
    PipedOutputStream pipe = new PipedOutputStream();
    EntryReader reader = csv.reader(new Source.StandardInput(new PipedInputStream(pipe)));

    pipe.write("url,a\nh/1,\"x\n\"\n\nh/2,\"".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    assertThat(reader.next()).extracting(Entry::input).containsExactly("h/1");

    pipe.write("\"\nh/3\n".getBytes(StandardCharsets.UTF_8));
    pipe.close();
    assertThat(reader.next()).extracting(Entry::input).containsExactly("h/2", "h/3");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void countsTheRestWithoutTheHeader() {
    String list = "a,url\n" + "\"\n\",h\n,\n".repeat(300);
    EntryReader reader =
        csv.reader(
            new Source.StandardInput(
                new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8))));

    assertThat(reader.skip()).isEqualTo(256);
    assertThat(reader.skip()).isEqualTo(44);
    assertThat(reader.skip()).isZero();
  }
}

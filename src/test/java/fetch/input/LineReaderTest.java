package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LineReaderTest {
  private static final int MOST = LineReader.MAX_LINE_BYTES;

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Line> read(InputStream in) throws IOException {
    try (LineReader reader = new LineReader(in)) {
      List<Line> lines = new ArrayList<>();
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
      return lines;
    }
  }

  private static List<String> texts(String text) throws IOException {
    return read(stream(text)).stream().map(Line::text).toList();
  }

  @Test
  void readsNothingFromNothing() throws IOException {
    assertThat(read(stream(""))).isEmpty();
  }

  @Test
  void endsLinesAtLfAndAtCrlfAndAtCr() throws IOException {
    assertThat(texts("one\ntwo\r\nthree\n")).containsExactly("one", "two", "three");
    assertThat(texts("one\rtwo\r\r\nthree\r")).containsExactly("one", "two", "", "three");
  }

  @Test
  void trimsWhatCannotBeSeen() throws IOException {
    assertThat(texts("\u200b\u200c\u200d\u2060\ufeff\u00a0a\u00a0\u202f\u202c\u200e\n\u202a\u200b"))
        .containsExactly("a", "");
  }

  @Test
  void needsNoFinalNewline() throws IOException {
    assertThat(texts("one\ntwo")).containsExactly("one", "two");
    assertThat(texts("one\r")).containsExactly("one");
  }

  @Test
  void numbersLinesFromOne() throws IOException {
    assertThat(read(stream("a\n\nb"))).extracting(Line::number).containsExactly(1L, 2L, 3L);
  }

  @Test
  void trimsBlanksButNotWhatIsInside() throws IOException {
    assertThat(texts("\t a b \u3000\n")).containsExactly("a b");
  }

  @Test
  void dropsAByteOrderMarkAtTheStart() throws IOException {
    assertThat(texts("\uFEFFone\ntwo")).containsExactly("one", "two");
  }

  @Test
  void dropsTheByteOrderMarksOfConcatenatedFiles() throws IOException {
    assertThat(texts("\uFEFFone\n\uFEFF two\n\uFEFF\n")).containsExactly("one", "two", "");
  }

  @Test
  void knowsBlanksAndCommentsFromEntries() throws IOException {
    List<Line> lines = read(stream("\n  \n# comment\n  # indented\n\uFEFF# marked\na#b\n"));

    assertThat(lines)
        .extracting(Line::isEntry)
        .containsExactly(false, false, false, false, false, true);
  }

  @Test
  void keepsNulBytes() throws IOException {
    assertThat(texts("a\0b\n\0\n")).containsExactly("a\0b", "\0");
  }

  @Test
  void findsFaultWithALineThatIsNotUtf8AndReadsOn() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {'c', 'a', 'f', (byte) 0xe9, '\n'});
    bytes.writeBytes("café\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'});
    bytes.writeBytes(new byte[] {'x', (byte) 0xe2, (byte) 0x82});

    List<Line> lines = read(new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(lines).extracting(Line::text).startsWith("caf\uFFFD", "café");
    assertThat(lines)
        .extracting(Line::fault)
        .containsExactly(
            "the line is not UTF-8", null, "the line is not UTF-8", "the line is not UTF-8");
  }

  @Test
  void findsNoFaultWithAReplacementCharacterOfTheListsOwn() throws IOException {
    assertThat(read(stream("a\uFFFDb"))).containsExactly(new Line(1, "a\uFFFDb", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", ""})
  void takesALineOfJustTheLimit(String end) throws IOException {
    String longest = "x".repeat(MOST);

    assertThat(read(stream(longest + end))).containsExactly(new Line(1, longest, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, MOST - 1, MOST, MOST + 1, 3 * MOST})
  void showsTheBeginningOfALongerLineAndReadsOn(int excess) throws IOException {
    String line = "y" + "x".repeat(MOST - 1 + excess);

    List<Line> lines = read(stream("before\n" + line + "\r\nafter\n"));

    assertThat(lines)
        .containsExactly(
            new Line(1, "before", null),
            new Line(2, "y" + "x".repeat(255) + "…", "the line is longer than 65536 bytes"),
            new Line(3, "after", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, MOST, MOST + 1, 3 * MOST})
  void endsAfterALongerLineWithoutANewline(int excess) throws IOException {
    List<Line> lines = read(stream("x".repeat(MOST + excess)));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().fault()).contains("longer than");
  }

  @Test
  void cutsALongerLineBetweenCharacters() throws IOException {
    Line line = read(stream("€".repeat(MOST))).getFirst();

    assertThat(line.text()).isEqualTo("€".repeat(85) + "…");
  }

  @Test
  void skipsALongComment() throws IOException {
    assertThat(read(stream("#" + "x".repeat(2 * MOST) + "\nafter")))
        .extracting(Line::isEntry)
        .containsExactly(false, true);
  }

  @Test
  void keepsNothingOfALineThatIsTooLong() throws IOException {
    EndlessStream huge = new EndlessStream(100_000_000, (byte) 'x');
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    List<Line> lines = read(huge);

    assertThat(memory.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated")
        .isLessThan(5_000_000);
    assertThat(huge.position()).isEqualTo(100_000_000);
    assertThat(lines)
        .extracting(Line::fault)
        .containsExactly("the line is longer than 65536 bytes");
  }

  @Test
  void readsTheSameHoweverTheBytesArrive() throws IOException {
    String text = "\uFEFFone\r\n\r\ntwo €\n# three\r" + "x".repeat(300) + "\r\nlast\r";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Line> whole = read(new ByteArrayInputStream(bytes));
    assertThat(whole).hasSize(6);

    for (int split = 1; split < bytes.length; split++) {
      assertThat(read(new PiecemealStream(bytes, split, bytes.length))).isEqualTo(whole);
    }
    assertThat(read(new PiecemealStream(bytes, 1, 1))).isEqualTo(whole);
  }

  @Test
  void takesALineOfJustTheLimitHoweverItsEndArrives() throws IOException {
    byte[] bytes = ("x".repeat(MOST) + "\r\nafter").getBytes(StandardCharsets.UTF_8);

    for (int split = MOST - 1; split < bytes.length; split++) {
      assertThat(read(new PiecemealStream(bytes, split, bytes.length)))
          .extracting(Line::fault)
          .containsExactly(null, null);
    }
  }

  @Test
  void splitsAnOverlongLineAnywhere() throws IOException {
    byte[] bytes = ("x".repeat(MOST + 5) + "\r\nafter").getBytes(StandardCharsets.UTF_8);
    List<Line> whole = read(new ByteArrayInputStream(bytes));

    for (int split = MOST - 3; split < bytes.length; split++) {
      assertThat(read(new PiecemealStream(bytes, split, bytes.length))).isEqualTo(whole);
    }
  }

  @Test
  void isReadyWhileItHasAWholeLine() throws IOException {
    try (LineReader reader = new LineReader(stream("one\ntwo\nthree"))) {
      assertThat(reader.ready()).isFalse();
      assertThat(reader.next().text()).isEqualTo("one");
      assertThat(reader.ready()).isTrue();
      assertThat(reader.next().text()).isEqualTo("two");
      assertThat(reader.ready()).isFalse();
      assertThat(reader.next().text()).isEqualTo("three");
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void waitsForNothingAfterACarriageReturn() throws IOException {
    PipedOutputStream pipe = new PipedOutputStream();
    try (LineReader reader = new LineReader(new PipedInputStream(pipe))) {
      pipe.write("one\r".getBytes(StandardCharsets.UTF_8));
      assertThat(reader.next().text()).isEqualTo("one");
      pipe.write("\ntwo\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(reader.next()).isEqualTo(new Line(2, "two", null));
      pipe.close();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void handsOverNoPartOfALineThatAnErrorCutShort() throws IOException {
    try (LineReader reader = new LineReader(new BreakingStream("one\nhttp://exa"))) {
      assertThat(reader.next().text()).isEqualTo("one");
      assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }
  }
}

package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ListStreamTest {
  private static final String CUT = "the gzip data ends early; the list is incomplete";

  private static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static String read(InputStream raw) throws IOException {
    try (InputStream in = ListStream.open(raw)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String read(byte[] bytes) throws IOException {
    return read(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "\u001f", "http://127.0.0.1/\n", "\u001fx"})
  void leavesPlainTextAsItIs(String text) throws IOException {
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void decompressesGzip() throws IOException {
    assertThat(read(gzip("one\ntwo\n"))).isEqualTo("one\ntwo\n");
  }

  @Test
  void decompressesAnEmptyGzip() throws IOException {
    assertThat(read(gzip(""))).isEmpty();
  }

  @Test
  void joinsSeveralGzipMembers() throws IOException {
    byte[] members = join(gzip("one\n"), gzip(""), gzip("two\n"), gzip("three\n"));

    assertThat(read(members)).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void joinsGzipMembersThatDribbleOutOfAPipe() throws IOException {
    byte[] members = join(gzip("one\n"), gzip("two\n"), gzip("three\n"));

    for (int split = 1; split < members.length; split++) {
      assertThat(read(new PiecemealStream(members, split, members.length)))
          .isEqualTo("one\ntwo\nthree\n");
    }
    assertThat(read(new PiecemealStream(members, 1, 1))).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void waitsForTheNextMemberAsLongAsThePipeIsOpen() throws Exception {
    PipedOutputStream pipe = new PipedOutputStream();
    PipedInputStream end = new PipedInputStream(pipe);
    pipe.write(gzip("one\n"));
    pipe.flush();
    try (LineReader lines = new LineReader(ListStream.open(end))) {
      assertThat(lines.next().text()).isEqualTo("one");
      Thread writer = Thread.ofPlatform().start(() -> writeAndClose(pipe, "two\n"));
      assertThat(lines.next().text()).isEqualTo("two");
      assertThat(lines.next()).isNull();
      writer.join();
    }
  }

  private static void writeAndClose(PipedOutputStream pipe, String text) {
    try (pipe) {
      pipe.write(gzip(text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void saysThatGzipIsTruncated() throws IOException {
    byte[] whole = gzip("one\n".repeat(1000));

    assertThatIOException()
        .isThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2)))
        .withMessage(CUT);
    assertThatIOException()
        .isThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 3)))
        .withMessage(CUT);
  }

  @Test
  void saysThatGzipIsTruncatedWhereverItIsCut() throws IOException {
    byte[] whole = join(gzip("one\n"), gzip("two\n"));
    int first = gzip("one\n").length;

    for (int length = 2; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      if (length == first) {
        assertThat(read(part)).isEqualTo("one\n");
      } else {
        assertThatIOException().isThrownBy(() -> read(part)).withMessage(CUT);
      }
    }
  }

  @Test
  void readsTwentyThousandEmptyMembers() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      bytes.writeBytes(gzip(""));
    }
    bytes.writeBytes(gzip("last\n"));

    assertThat(read(bytes.toByteArray())).isEqualTo("last\n");
  }

  @Test
  void readsWhatAHeaderMayHave() throws IOException {
    byte[] plain = gzip("one\n");
    byte[] extra = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 0, 2, 0, 'x', 'y'};
    byte[] names = "name\0comment\0cc".getBytes(StandardCharsets.US_ASCII);

    assertThat(read(join(extra, names, Arrays.copyOfRange(plain, 10, plain.length))))
        .isEqualTo("one\n");
  }

  @Test
  void saysThatSomethingElseFollowsTheGzip() throws IOException {
    byte[] list = join(gzip("one\n"), "http://127.0.0.1/\n".getBytes(StandardCharsets.UTF_8));

    try (LineReader lines = new LineReader(ListStream.open(new ByteArrayInputStream(list)))) {
      assertThat(lines.next().text()).isEqualTo("one");
      assertThatIOException()
          .isThrownBy(lines::next)
          .withMessage("the data after the gzip stream is not gzip");
    }
  }

  @Test
  void saysThatGzipIsDamaged() throws IOException {
    byte[] damaged = gzip("one\n".repeat(1000));
    damaged[damaged.length - 6] ^= 1;

    assertThatIOException().isThrownBy(() -> read(damaged)).withMessage("the gzip data is damaged");
  }

  @Test
  void takesPaddingAfterGzipForTheEnd() throws IOException {
    assertThat(read(join(gzip("one\n"), new byte[512]))).isEqualTo("one\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void refusesUtf16AndClosesTheStream(String charset) {
    byte[] bytes = "\uFEFFhttp://127.0.0.1/\n".getBytes(Charset.forName(charset));
    ClosingStream raw = new ClosingStream(bytes);

    assertThatIOException()
        .isThrownBy(() -> ListStream.open(raw))
        .withMessage("the list is UTF-16; convert it to UTF-8: iconv -f UTF-16 -t UTF-8");
    assertThat(raw.closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void knowsUtf16WithoutAMarkByItsZeroBytes(String charset) throws IOException {
    byte[] bytes = "http://127.0.0.1/\n".getBytes(Charset.forName(charset));
    String message = "the list is UTF-16; convert it to UTF-8: iconv -f " + charset + " -t UTF-8";

    assertThatIOException().isThrownBy(() -> read(bytes)).withMessage(message);
    assertThatIOException().isThrownBy(() -> read(gzip(bytes))).withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void knowsUtf16WhoseFirstLineIsNotAscii(String charset) {
    for (String line : List.of("\u0421\u043f\u0438\u0441\u043e\u043a", "\u4e2d\u6587", "\u00fc")) {
      byte[] bytes = (line + "\r\nhttp://127.0.0.1/\r\n").getBytes(Charset.forName(charset));

      assertThatIOException()
          .isThrownBy(() -> read(bytes))
          .withMessage(
              "the list is UTF-16; convert it to UTF-8: iconv -f " + charset + " -t UTF-8");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-32LE, '', UTF-32LE",
    "UTF-32BE, '', UTF-32BE",
    "UTF-32LE, \uFEFF, UTF-32",
    "UTF-32BE, \uFEFF, UTF-32"
  })
  void callsUtf32ByItsName(String charset, String mark, String named) {
    for (String line : List.of("http://127.0.0.1/", "\u4e2d\u6587")) {
      byte[] bytes = (mark + line + "\n").getBytes(Charset.forName(charset));

      assertThatIOException()
          .isThrownBy(() -> read(bytes))
          .withMessage("the list is UTF-32; convert it to UTF-8: iconv -f " + named + " -t UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\0",
        "\0a\n",
        "a\0bc\n",
        "\0\0\0\0",
        "http://127.0.0.1/\0\n",
        "http://127.0.0.1\0\n"
      })
  void takesAZeroByteOrTwoForAFaultOfTheirLine(String text) throws IOException {
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void closesTheStreamBelow() throws IOException {
    ClosingStream raw = new ClosingStream(gzip("one\n"));

    ListStream.open(raw).close();

    assertThat(raw.closed).isTrue();
  }

  /** Knows whether it was closed. */
  private static final class ClosingStream extends ByteArrayInputStream {
    private boolean closed;

    ClosingStream(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

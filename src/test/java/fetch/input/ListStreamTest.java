package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ListStreamTest {
  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
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
        .isInstanceOf(EOFException.class);
    assertThatIOException().isThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 3)));
  }

  @Test
  void saysThatGzipIsDamaged() throws IOException {
    byte[] damaged = gzip("one\n".repeat(1000));
    damaged[damaged.length - 6] ^= 1;

    assertThatIOException().isThrownBy(() -> read(damaged)).withMessage("Corrupt GZIP trailer");
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
        .withMessage("the list is UTF-16; convert it to UTF-8");
    assertThat(raw.closed).isTrue();
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

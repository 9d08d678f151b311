package fetch.http.http2;

import static fetch.http.Http2Frames.DATA;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.END_STREAM;
import static fetch.http.Http2Frames.HEADERS;
import static fetch.http.Http2Frames.NOTHING;
import static fetch.http.Http2Frames.PING;
import static fetch.http.Http2Frames.RST_STREAM;
import static fetch.http.Http2Frames.SETTINGS;
import static fetch.http.Http2Frames.frame;
import static fetch.http.Http2Frames.join;
import static fetch.http.Http2Frames.repeat;
import static fetch.http.Http2Frames.status200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.http.call.FailedTransfer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one end of a connection makes of the frames that go both ways. */
class FrameWatchTest {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PING_IN = frame(PING, 0, 0, new byte[8]);
  private static final byte[] PONG = frame(PING, 1, 0, new byte[8]);

  /** So many pings as go unnoticed among answers, and a part of the answer to the third stream. */
  private static final byte[] PART = join(repeat(PING_IN, 10), frame(DATA, 0, 3, new byte[1]));

  private final PipedOutputStream server = new PipedOutputStream();
  private final FrameWatch watch = new FrameWatch(inlet());
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final OutputStream out = watch.over(sent);

  private PipedInputStream inlet() {
    try {
      return new PipedInputStream(server, 1 << 20);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] request(int stream) {
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, new byte[5]);
  }

  private static byte[] reset(int stream) {
    return frame(RST_STREAM, 0, stream, new byte[4]);
  }

  @BeforeEach
  void receiveSettings() throws IOException {
    receive(frame(SETTINGS, 0, 0, NOTHING));
  }

  /** Lets the server send these bytes, and reads them. */
  private void receive(byte[] frames) throws IOException {
    ByteArrayInputStream parts = new ByteArrayInputStream(frames);
    byte[] block = new byte[1 << 20];
    for (int n = parts.read(block); n > 0; n = parts.read(block)) {
      server.write(block, 0, n);
      assertThat(watch.readNBytes(n)).hasSize(n);
    }
  }

  private void assertHungUpOn(byte[] frames, String message) {
    assertThatThrownBy(() -> receive(frames))
        .isInstanceOf(FailedTransfer.class)
        .hasMessageContaining(message);
  }

  @Test
  void letsAllPassAsItIs() throws IOException {
    byte[] request = join(PREFACE, request(3));
    for (byte one : request) {
      out.write(one);
    }
    assertThat(sent.toByteArray()).isEqualTo(request);
    byte[] answer = frame(HEADERS, END_HEADERS | END_STREAM, 3, status200());
    server.write(answer);
    for (byte one : answer) {
      assertThat(watch.read()).isEqualTo(one & 0xff);
    }
  }

  /** An answer that goes on does not make up for replies that fill the memory. */
  @Test
  void hangsUpOnAServerThatReadsNoRepliesAlthoughItAnswers() throws IOException {
    out.write(join(PREFACE, request(3)));
    receive(repeat(PART, 999));
    assertHungUpOn(PART, "reads no replies");
  }

  @Test
  void doesNotMindAnyNumberOfPingsWhoseRepliesAreRead() throws IOException {
    out.write(join(PREFACE, request(3)));
    for (int i = 0; i < 3000; i++) {
      receive(PART);
      out.write(repeat(PONG, 10));
    }
  }

  @Test
  void takesFramesOfStreamsThatAreOverForNoAnswers() throws IOException {
    byte[] end = frame(DATA, END_STREAM, 3, new byte[1]);
    out.write(join(PREFACE, frame(SETTINGS, 1, 0, NOTHING), request(3)));
    receive(repeat(end, 10_001));
    assertHungUpOn(end, "without a response");
  }

  @Test
  void takesFramesOfStreamsThatWereNeverOpenForNoAnswers() throws IOException {
    out.write(join(PREFACE, request(3)));
    for (int stream = 1; stream <= 10_000; stream++) {
      receive(stream == 3 ? NOTHING : frame(DATA, END_STREAM, stream, new byte[1]));
    }
    assertHungUpOn(frame(DATA, END_STREAM, 20_001, new byte[1]), "without a response");
  }

  /** Those of the answer may have been on their way when it was given up. */
  @Test
  void makesAllowanceForTheRestOfWhatWasGivenUp() throws IOException {
    byte[] late = frame(DATA, 0, 3, new byte[1]);
    out.write(join(PREFACE, request(3), reset(3)));
    for (int i = 0; i < 14_000; i++) {
      receive(late);
      out.write(reset(3));
    }
    assertHungUpOn(repeat(late, 97), "without a response");
  }

  @Test
  void doesNotMindAServerThatRefusesEverything() throws IOException {
    out.write(PREFACE);
    for (int stream = 3; stream < 100_000; stream += 2) {
      out.write(request(stream));
      receive(reset(stream));
    }
  }
}

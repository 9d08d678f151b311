package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCompressorTest {
  private final RecordCompressor compressor = new RecordCompressor(true);

  @AfterEach
  void close() {
    compressor.close();
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  private static byte[] text(int length) {
    byte[] line = "All work and no play makes a dull page.\n".getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = line[i % line.length];
    }
    return text;
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] unpacked(byte[] member) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(member))) {
      return in.readAllBytes();
    }
  }

  private byte[] member(byte[] content, int piece) {
    compressor.reset();
    compressor.header();
    for (int at = 0; at < content.length; at += piece) {
      compressor.pack(content, at, Math.min(piece, content.length - at));
    }
    compressor.trailer(crc(content), content.length);
    return array(compressor.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 200_000})
  void writesAGzipMemberHoweverItsContentComes(int length) throws IOException {
    for (byte[] content : new byte[][] {noise(length), text(length)}) {
      for (int piece : new int[] {1000, 4096, 50_000, 65_536, 200_000}) {
        assertThat(unpacked(member(content, piece))).isEqualTo(content);
      }
    }
  }

  /** RFC 1952, section 2.3.1: no name, no time, and an unknown operating system. */
  @Test
  void writesTheSameMemberEachTime() {
    byte[] first = member(text(10_000), 4096);

    assertThat(first).startsWith(31, 139, 8, 0, 0, 0, 0, 0, 0, 255).hasSizeLessThan(500);
    assertThat(member(text(10_000), 1000)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 4096, 70_000, 300_000})
  void joinsTheOutputOfTwoAfterAFlush(int length) throws IOException {
    byte[] start = noise(length);
    byte[] end = text(length);
    RecordCompressor other = new RecordCompressor(true);
    other.header();
    other.pack(start, 0, length);
    other.flush();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    other.writeTo(Channels.newChannel(file));
    other.close();
    compressor.pack(end, 0, length);
    byte[] all = Arrays.copyOf(start, 2 * length);
    System.arraycopy(end, 0, all, length, length);
    compressor.trailer(crc(all), all.length);
    compressor.writeTo(Channels.newChannel(file));

    assertThat(unpacked(file.toByteArray())).isEqualTo(all);
  }

  @Test
  void copiesWithoutGzip() throws IOException {
    RecordCompressor copier = new RecordCompressor(false);
    byte[] content = noise(100_000);
    copier.header();
    copier.pack(content, 0, 10);
    copier.pack(content, 10, 4096);
    copier.flush();
    copier.pack(content, 4106, content.length - 4106);
    copier.trailer(crc(content), content.length);

    assertThat(array(copier.bytes())).isEqualTo(content);
    copier.reset();
    assertThat(copier.bytes().remaining()).isZero();
    copier.close();
  }
}

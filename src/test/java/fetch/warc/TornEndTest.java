package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TornEndTest {
  private static final byte[] PAGE = "a page".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private boolean isTorn(byte[] bytes, int from, boolean gzip) throws IOException {
    Path file = Files.write(folder.resolve("a.warc"), bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      return TornEnd.isAt(channel, from, gzip);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] record(String type, byte[] body, boolean gzip) throws IOException {
    String header = "WARC/1.1\r\nWARC-Type: " + type + "\r\nContent-Length: " + body.length;
    byte[] record = join(text(header + "\r\n\r\n"), body, text("\r\n\r\n"));
    return gzip ? compressed(record) : record;
  }

  private static byte[] compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(member)) {
      out.write(bytes);
    }
    return member.toByteArray();
  }

  private static byte[] exchange(byte[] body, boolean gzip) throws IOException {
    return join(record("request", PAGE, gzip), record("response", body, gzip));
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private void isTornAtAnyByte(byte[] exchange, boolean gzip) throws IOException {
    for (int length = 0; length < exchange.length; length++) {
      assertThat(isTorn(Arrays.copyOf(exchange, length), 0, gzip)).as("cut at %d", length).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExchangeCutAtAnyByteIsTorn(boolean gzip) throws IOException {
    isTornAtAnyByte(exchange(PAGE, gzip), gzip);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExchangeWhoseBodyIsAnArchiveIsTorn(boolean gzip) throws IOException {
    byte[] exchange = exchange(noise(200), gzip);
    byte[] archive = join(exchange, exchange, exchange);
    isTornAtAnyByte(exchange(archive, gzip), gzip);
  }

  @Test
  void anExchangeWhoseBodyResemblesGzipIsTorn() throws IOException {
    byte[] magic = {0x1f, (byte) 0x8b, 8};
    byte[] body = join(noise(300), magic, noise(300), magic, noise(300), magic, noise(300));
    isTornAtAnyByte(exchange(body, true), true);
  }

  @Test
  void bytesThatResembleGzipAfterDamageAreNoRecords() throws IOException {
    byte[] request = record("request", PAGE, true);
    byte[] magic = {0x1f, (byte) 0x8b, 8};
    byte[] zeros = new byte[20];
    byte[] file = join(Arrays.copyOf(request, 25), zeros, magic, zeros, magic, zeros, magic, zeros);
    assertThat(isTorn(file, 0, true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsAfterATornExchangeAreNotDropped(boolean gzip) throws IOException {
    byte[] exchange = exchange(PAGE, gzip);
    byte[] torn = Arrays.copyOf(exchange, exchange.length - 20);
    assertThat(isTorn(join(torn, exchange), 0, gzip)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threeWholeRecordsAreNoTornExchange(boolean gzip) throws IOException {
    byte[] file = join(exchange(PAGE, gzip), record("request", PAGE, gzip));
    assertThat(isTorn(file, 0, gzip)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsAreFoundHoweverFarBehind(boolean gzip) throws IOException {
    byte[] exchange = exchange(PAGE, gzip);
    byte[] gap = new byte[(1 << 20) - exchange.length + 2];
    byte[] file = join(exchange, gap, exchange);
    assertThat(isTorn(file, 0, gzip)).isFalse();
    assertThat(isTorn(join(exchange, gap, gap), 0, gzip)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyZerosAfterWholeExchangesAreTorn(boolean gzip) throws IOException {
    byte[] exchange = exchange(PAGE, gzip);
    byte[] zeros = new byte[(1 << 20) + 1];
    byte[] other = zeros.clone();
    other[1 << 20] = 'x';
    assertThat(isTorn(join(exchange, zeros), exchange.length, gzip)).isTrue();
    assertThat(isTorn(join(exchange, other), exchange.length, gzip)).isFalse();
    assertThat(isTorn(zeros, 0, gzip)).as("a file of zeros").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Length: 99999999999999999999\r\n"})
  void aHeaderWithoutALengthHidesNoRecords(String length) throws IOException {
    byte[] broken = text("WARC/1.1\r\nWARC-Type: request\r\n" + length + "\r\n\r\n");
    assertThat(isTorn(join(broken, text("\r\n\r\n"), exchange(PAGE, false)), 0, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileOfSomethingElseIsNotTorn(boolean gzip) throws IOException {
    assertThat(isTorn(PAGE, 0, gzip)).isFalse();
    assertThat(isTorn(compressed(PAGE), 0, gzip)).isFalse();
  }
}

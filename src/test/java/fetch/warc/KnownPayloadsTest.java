package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KnownPayloadsTest {
  private final KnownPayloads payloads = new KnownPayloads();

  private static byte[] digest(int number) {
    return Sha1.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void knowsWhereEachWasFirst() {
    for (int i = 0; i < 100_000; i++) {
      payloads.add(digest(i), i);
      payloads.add(digest(i / 2), 1_000_000);
    }
    for (int i = 0; i < 100_000; i++) {
      assertThat(payloads.find(digest(i))).isEqualTo(i);
      assertThat(payloads.find(digest(-1 - i))).isEqualTo(-1);
    }
  }

  @Test
  void comparesAllOfADigest() {
    byte[] digest = new byte[20];
    payloads.add(digest, 7);
    for (int i = 0; i < digest.length; i++) {
      byte[] other = Arrays.copyOf(digest, digest.length);
      other[i] = 1;
      assertThat(payloads.find(other)).isEqualTo(-1);
    }
    assertThat(payloads.find(digest)).isEqualTo(7);
  }
}

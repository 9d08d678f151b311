package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordIdsTest {
  /** RFC 9562, section 5.8. */
  @Test
  void areUuidsOfVersion8() {
    for (int run = 0; run < 100; run++) {
      String id = new RecordIds().next();

      assertThat(id).startsWith("<urn:uuid:").endsWith(">");
      UUID uuid = UUID.fromString(id.substring("<urn:uuid:".length(), id.length() - 1));
      assertThat(uuid.version()).isEqualTo(8);
      assertThat(uuid.variant()).isEqualTo(2);
    }
  }

  @Test
  void differWithinARunAndBetweenRuns() {
    Set<String> all = new HashSet<>();
    for (int run = 0; run < 10; run++) {
      RecordIds ids = new RecordIds();
      for (int i = 0; i < 1000; i++) {
        assertThat(all.add(ids.next())).isTrue();
      }
    }
  }
}

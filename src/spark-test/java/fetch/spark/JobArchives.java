package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fetch.warc.ArchivedRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcResponse;

/** Reads the archives of a job with jwarc. */
final class JobArchives {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path out;
  private final Map<String, byte[]> archives = new HashMap<>();

  /** Checks that there are those files that the manifest names, and no others. */
  JobArchives(Path out) throws IOException {
    this.out = out;
    Manifest manifest = Manifest.parse(Files.readString(out.resolve(Manifest.NAME)));
    try (Stream<Path> there = Files.list(out.resolve(ChunkArchives.FOLDER))) {
      assertThat(there.map(file -> out.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(manifest.archives());
    }
    for (Chunk chunk : manifest.chunks()) {
      if (chunk.archive() != null) {
        archives.put(chunk.archive(), Files.readAllBytes(out.resolve(chunk.archive())));
      }
    }
  }

  /** All responses in all archives, whose digests are checked; the index must have them, too. */
  List<ArchivedRecord> archived() throws IOException {
    List<ArchivedRecord> responses = new ArrayList<>();
    for (String archive : archives.keySet()) {
      List<ArchivedRecord> found =
          ArchivedRecord.all(out.resolve(archive)).stream()
              .filter(record -> record.type().equals("response"))
              .toList();
      List<String> lines = Files.readAllLines(out.resolve(ChunkArchives.index(archive)));
      assertThat(lines).isSorted();
      assertThat(lines.stream().map(JobArchives::offset))
          .containsExactlyInAnyOrderElementsOf(
              found.stream().map(ArchivedRecord::position).toList());
      responses.addAll(found);
    }
    return responses;
  }

  private static long offset(String line) {
    try {
      return JSON.readTree(line.substring(line.indexOf('{'))).get("offset").asLong();
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  /**
   * The responses that records name, by position: status and body. Each must be the record's own.
   *
   * @param records as JSON
   */
  Map<Long, String> responses(List<String> records) throws IOException {
    Map<Long, String> responses = new HashMap<>();
    for (String text : records) {
      JsonNode record = JSON.readTree(text);
      if (record.hasNonNull("filename_effective")) {
        assertThat(responses.put(record.get("urlnum").asLong(), response(record))).isNull();
      }
    }
    return responses;
  }

  private String response(JsonNode record) throws IOException {
    byte[] archive = archives.get(record.get("filename_effective").asText());
    ByteArrayInputStream bytes =
        new ByteArrayInputStream(
            archive, record.get("warc_offset").asInt(), record.get("warc_length").asInt());
    try (WarcReader reader = new WarcReader(Channels.newChannel(bytes))) {
      WarcResponse response = (WarcResponse) reader.next().orElseThrow();
      assertThat(response.target()).isEqualTo(record.get("url_effective").asText());
      assertThat(response.http().status()).isEqualTo(record.get("response_code").asInt());
      String body =
          new String(response.http().body().stream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reader.next()).isEmpty();
      return response.http().status() + " " + body;
    }
  }
}

package fetch.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists the chunks that a job, or its rounds so far, has committed. Readers read only these.
 *
 * @param fingerprint of the list
 * @param rounds the number of rounds
 * @param shared the hosts that several tasks shared, and how many tasks at most
 * @param chunks all of them
 */
record Manifest(String fingerprint, int rounds, Map<String, Integer> shared, List<Chunk> chunks) {
  static final String NAME = "_manifest.json";
  private static final int MOST_SHOWN = 10;
  static final String SUCCESS = "_SUCCESS";

  /** Before the first round. */
  static Manifest of(String fingerprint) {
    return new Manifest(fingerprint, 0, Map.of(), List.of());
  }

  /** Returns a copy with the chunks of one more round. */
  Manifest with(DividedList list, List<Chunk> more) {
    Map<String, Integer> hosts = new TreeMap<>(shared);
    list.shared().forEach((host, tasks) -> hosts.merge(host, tasks, Math::max));
    List<Chunk> all = new ArrayList<>(chunks);
    all.addAll(more);
    return new Manifest(fingerprint, rounds + 1, hosts, all);
  }

  /** Adds chunks that are not of a round. */
  Manifest with(List<Chunk> more) {
    List<Chunk> all = new ArrayList<>(chunks);
    all.addAll(more);
    return new Manifest(fingerprint, rounds, shared, all);
  }

  /** The format of its chunks. */
  ChunkFormat format() {
    return chunks.stream().allMatch(chunk -> chunk.name().endsWith("." + ChunkFormat.JSONL))
        ? ChunkFormat.JSONL
        : ChunkFormat.PARQUET;
  }

  /** A line about shared hosts, with its end; empty if there were none. */
  String sharing() {
    if (shared.isEmpty()) {
      return "";
    }
    List<String> hosts =
        shared.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_SHOWN)
            .map(host -> host.getKey() + " by " + host.getValue())
            .toList();
    return "hosts shared by several tasks, each with its part of the limits: "
        + String.join(", ", hosts)
        + (shared.size() > MOST_SHOWN ? ", and " + (shared.size() - MOST_SHOWN) + " more" : "")
        + "\n";
  }

  /** The archives of all chunks, and their indexes. */
  Set<String> archives() {
    Set<String> names = new HashSet<>();
    for (Chunk chunk : chunks) {
      String archive = chunk.archive();
      if (archive != null) {
        names.add(archive);
        names.add(ChunkArchives.index(archive));
      }
    }
    return names;
  }

  long records() {
    return chunks.stream().mapToLong(Chunk::records).sum();
  }

  /** Writes it as JSON (RFC 8259). */
  void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("fingerprint", fingerprint);
      json.writeNumberField("records", records());
      json.writeNumberField("rounds", rounds);
      json.writeObjectFieldStart("shared_hosts");
      for (Map.Entry<String, Integer> host : shared.entrySet()) {
        json.writeNumberField(host.getKey(), host.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("chunks");
      for (Chunk chunk : chunks) {
        json.writeStartObject();
        json.writeStringField("name", chunk.name());
        json.writeNumberField("records", chunk.records());
        if (chunk.archive() != null) {
          json.writeStringField("archive", chunk.archive());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Parses the output of {@link #writeTo}. */
  static Manifest parse(String text) throws IOException {
    String fingerprint = "";
    int rounds = 0;
    Map<String, Integer> shared = new TreeMap<>();
    List<Chunk> chunks = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "fingerprint" -> fingerprint = json.getText();
          case "rounds" -> rounds = json.getIntValue();
          case "shared_hosts" -> {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              String host = json.currentName();
              shared.put(host, json.nextIntValue(1));
            }
          }
          case "chunks" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              chunks.add(chunk(json));
            }
          }
          default -> json.skipChildren();
        }
      }
    }
    return new Manifest(fingerprint, rounds, shared, chunks);
  }

  private static Chunk chunk(JsonParser json) throws IOException {
    String name = "";
    long records = 0;
    String archive = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = json.getText();
        case "records" -> records = json.getLongValue();
        case "archive" -> archive = json.getText();
        default -> json.skipChildren();
      }
    }
    return new Chunk(name, records, archive);
  }
}

package fetch.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The division of a list into stored parts.
 *
 * @param fingerprint of the list
 * @param sizes the number of entries in each part
 * @param shared the hosts that several parts share, and the number of those parts
 */
record DividedList(String fingerprint, List<Long> sizes, TreeMap<String, Integer> shared)
    implements Serializable {
  DividedList(String fingerprint, List<Long> sizes, Map<String, Integer> shared) {
    this(fingerprint, new ArrayList<>(sizes), new TreeMap<>(shared));
  }

  int parts() {
    return sizes.size();
  }

  /** The numbers of the parts. */
  List<Integer> numbers() {
    return IntStream.range(0, parts()).boxed().toList();
  }

  long total() {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  /** Writes it as JSON (RFC 8259). */
  void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("fingerprint", fingerprint);
      json.writeArrayFieldStart("sizes");
      for (long size : sizes) {
        json.writeNumber(size);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("shared");
      for (Map.Entry<String, Integer> host : shared.entrySet()) {
        json.writeNumberField(host.getKey(), host.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  /** Parses the output of {@link #writeTo}. */
  static DividedList parse(String text) throws IOException {
    String fingerprint = "";
    List<Long> sizes = new ArrayList<>();
    TreeMap<String, Integer> shared = new TreeMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "fingerprint" -> fingerprint = json.getText();
          case "sizes" -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              sizes.add(json.getLongValue());
            }
          }
          case "shared" -> {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              String host = json.currentName();
              shared.put(host, json.nextIntValue(1));
            }
          }
          default -> json.skipChildren();
        }
      }
    }
    return new DividedList(fingerprint, sizes, shared);
  }
}

package fetch.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;

/** What a record in the format jsonl has to look like: {@code record.schema.json}. */
public final class RecordSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(RecordSchema.class.getResourceAsStream("/record.schema.json"));

  private RecordSchema() {}

  /** Parses one line; throws when it is no JSON. */
  public static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  /** What is wrong with one line. */
  public static List<String> violations(String line) {
    return SCHEMA.validate(parse(line)).stream().map(ValidationMessage::getMessage).toList();
  }

  /** The names that the schema has for the fields, in order. */
  static List<String> fields() {
    List<String> names = new ArrayList<>();
    SCHEMA.getSchemaNode().get("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** The words that the schema has for errors. */
  static List<String> errors() {
    List<String> words = new ArrayList<>();
    JsonNode error = SCHEMA.getSchemaNode().get("properties").get("error");
    error.get("enum").forEach(word -> words.add(word.asText()));
    return words;
  }
}

package fetch.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import fetch.Meta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses JSON text (RFC 8259) from fetch's own records. Safe for many threads. */
public final class JsonText {
  /** Large, as records may include bodies. */
  private static final int MOST_CHARS = 256 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MOST_CHARS)
                  .maxStringLength(MOST_CHARS)
                  .maxNameLength(MOST_CHARS)
                  .maxNestingDepth(2 * StreamReadConstraints.DEFAULT_MAX_DEPTH)
                  .build())
          .build();

  private JsonText() {}

  /**
   * The members of an object.
   *
   * @throws IOException if the text is not one object
   */
  public static Meta object(String text) throws IOException {
    try (JsonParser json = FACTORY.createParser(text)) {
      expect(JsonToken.START_OBJECT, json.nextToken());
      Meta members = members(json);
      expect(null, json.nextToken());
      return members;
    } catch (JsonProcessingException e) {
      throw new IOException("not a JSON object", e);
    }
  }

  private static Meta members(JsonParser json) throws IOException {
    List<String> names = new ArrayList<>();
    List<Meta.Value> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      names.add(JsonRows.whole(json.currentName()));
      json.nextToken();
      values.add(JsonRows.value(json));
    }
    return new Meta(names, values);
  }

  /**
   * The objects in an array.
   *
   * @throws IOException if the text is not an array of objects
   */
  public static List<Meta> objects(String text) throws IOException {
    List<Meta> objects = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(text)) {
      expect(JsonToken.START_ARRAY, json.nextToken());
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(JsonToken.START_OBJECT, json.currentToken());
        objects.add(members(json));
      }
    }
    return objects;
  }

  /**
   * The strings in an array.
   *
   * @throws IOException if the text is not an array of strings
   */
  public static List<String> strings(String text) throws IOException {
    List<String> strings = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(text)) {
      expect(JsonToken.START_ARRAY, json.nextToken());
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(JsonToken.VALUE_STRING, json.currentToken());
        strings.add(json.getText());
      }
    }
    return strings;
  }

  private static void expect(@Nullable JsonToken wanted, @Nullable JsonToken found)
      throws IOException {
    if (wanted != found) {
      throw new IOException("not a JSON object");
    }
  }
}

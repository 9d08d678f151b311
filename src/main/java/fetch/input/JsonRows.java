package fetch.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import fetch.FailureKind;
import fetch.Meta;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses JSON objects (RFC 8259) as rows; one of their keys has the URL. */
final class JsonRows {
  private static final String HALF_OF_A_PAIR = "a string has an unpaired surrogate";

  private static final Meta NO_META = new Meta(List.of(), List.of());

  private static final Set<String> OPTIONS =
      Set.of("method", "headers", "timeout", "json", "body", "body_base64", "form");

  /** The start of a part of a broken row that may contain secrets, which is never shown. */
  private static final Pattern SECRETS =
      Pattern.compile(
          "\"(headers|json|body|body_base64|form)\"|authorization|cookie",
          Pattern.CASE_INSENSITIVE);

  /** How to treat keys that may override how a URL is requested. */
  enum OptionKeys {
    /** They override it. */
    OBEYED,
    IGNORED,
    /** They are data, like other keys. */
    DATA
  }

  private final String urlKey;
  private final OptionKeys options;
  private final @Nullable UrlTemplate template;
  private final JsonFactory factory =
      factory(StreamReadConstraints.builder().maxNumberLength(LineReader.MAX_LINE_BYTES));

  /** Parsers for divided lists, whose meta is nested one level deeper; not loaded for others. */
  private static final class Divided {
    static final JsonFactory FACTORY =
        factory(
            StreamReadConstraints.builder()
                .maxNestingDepth(StreamReadConstraints.DEFAULT_MAX_DEPTH + 1)
                .maxNameLength(DividedLine.MOST_BYTES)
                .maxNumberLength(LineReader.MAX_LINE_BYTES));
  }

  /**
   * @param options how to treat keys such as {@code method}
   * @param template makes the URL from other keys, null if {@code urlKey} has it
   */
  JsonRows(String urlKey, OptionKeys options, @Nullable UrlTemplate template) {
    this.urlKey = urlKey;
    this.options = options;
    this.template = template;
  }

  private static JsonFactory factory(StreamReadConstraints.Builder limits) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(limits.build())
        .build();
  }

  Row read(Line line) {
    if (line.fault() != null) {
      return new Row.Bad(excerpt(line.text()), line.fault());
    }
    if (options != OptionKeys.DATA && DividedLine.position(line.text()) != DividedLine.NONE) {
      return readDivided(line);
    }
    try (JsonParser json = factory.createParser(line.text())) {
      return row(read(json, this::take), line);
    } catch (IOException e) {
      return new Row.Bad(excerpt(line.text()), reason(e));
    }
  }

  private Row readDivided(Line line) {
    try (JsonParser json = Divided.FACTORY.createParser(line.text())) {
      return dividedRow(read(json, this::takeDivided), line);
    } catch (IOException e) {
      return new Row.Bad(excerpt(line.text()), reason(e));
    }
  }

  private static Row dividedRow(JsonDraft draft, Line line) {
    String error = draft.text(DividedLine.ERROR);
    FailureKind kind = error == null ? null : DividedLine.kind(error);
    String shown = draft.text(DividedLine.INPUT);
    if (draft.fault() == null && kind != null && shown != null) {
      String message = draft.text(DividedLine.MESSAGE);
      return new Row.Known(shown, kind, message == null ? kind.sentence() : message, draft.meta());
    }
    if (error != null) {
      draft.complain("its error is not one of a bad line, or it has no input");
    } else if (DividedLine.position(line.text()) == DividedLine.INVALID) {
      draft.complain("its " + DividedLine.POSITION + " is not a whole number from 0");
    }
    return good(draft, line, shown);
  }

  private Row row(JsonDraft draft, Line line) {
    if (template != null && draft.fault() == null) {
      Meta meta = draft.meta();
      return template.row(meta == null ? NO_META : meta, draft.own(), line);
    }
    return good(draft, line, null);
  }

  private static Row good(JsonDraft draft, Line line, @Nullable String shown) {
    String url = draft.url() == null ? "" : NonUrlCharacters.trim(draft.url());
    if (draft.fault() != null || url.isEmpty()) {
      String reason = draft.fault() == null ? "the object has no URL" : draft.fault();
      return new Row.Bad(url.isEmpty() ? excerpt(line.text()) : url, reason, draft.meta());
    }
    return new Row.Good(url, draft.own(), draft.meta(), shown);
  }

  private static String excerpt(String text) {
    Matcher secrets = SECRETS.matcher(text);
    return secrets.find()
        ? Row.excerpt(text.substring(0, secrets.start())) + "…"
        : Row.excerpt(text);
  }

  /** Receives the value of a key. */
  private interface Taker {
    void take(String key, JsonParser json, JsonDraft draft) throws IOException;
  }

  private static JsonDraft read(JsonParser json, Taker taker) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the line is not a JSON object");
    }
    JsonDraft draft = new JsonDraft();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = whole(json.currentName());
      json.nextToken();
      taker.take(key, json, draft);
    }
    if (json.nextToken() != null) {
      throw new IOException("more than one JSON value is on the line");
    }
    return draft;
  }

  private void take(String key, JsonParser json, JsonDraft draft) throws IOException {
    if (template == null && key.equals(urlKey)) {
      draft.takeUrl(key, value(json));
      return;
    }
    if (OPTIONS.contains(key)) {
      takeOption(key, json, draft);
    } else if (options != OptionKeys.DATA && key.equals(DividedLine.POSITION)) {
      draft.complain("its " + DividedLine.POSITION + " is not its first key");
    } else {
      draft.takeMeta(key, value(json));
    }
  }

  private void takeDivided(String key, JsonParser json, JsonDraft draft) throws IOException {
    switch (key) {
      case DividedLine.POSITION -> {
        Meta.Value _ = value(json);
      }
      case DividedLine.URL -> draft.takeUrl(key, value(json));
      case DividedLine.INPUT, DividedLine.ERROR, DividedLine.MESSAGE ->
          draft.takeText(key, value(json));
      case DividedLine.META -> takeMeta(json, draft);
      default -> {
        if (OPTIONS.contains(key)) {
          takeOption(key, json, draft);
        } else {
          draft.complain("a list with " + DividedLine.POSITION + " has its other keys in meta");
          Meta.Value _ = value(json);
        }
      }
    }
  }

  private static void takeMeta(JsonParser json, JsonDraft draft) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      draft.complain("its meta is not an object");
      Meta.Value _ = value(json);
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(json.currentName());
      json.nextToken();
      draft.takeMeta(name, value(json));
    }
  }

  private void takeOption(String key, JsonParser json, JsonDraft draft) throws IOException {
    switch (options) {
      case OBEYED -> obey(key, json, draft);
      case IGNORED -> {
        Meta.Value _ = value(json);
      }
      case DATA -> draft.takeMeta(key, value(json));
    }
  }

  private static void obey(String key, JsonParser json, JsonDraft draft) throws IOException {
    switch (key) {
      case "method" -> draft.takeMethod(value(json));
      case "headers" -> takeHeaders(json, draft);
      case "timeout" -> draft.takeTimeout(value(json));
      case "json", "body", "body_base64" -> draft.takeContent(key, value(json));
      case "form" -> takeForm(json, draft);
      default -> throw new IllegalArgumentException(key);
    }
  }

  private static void takeForm(JsonParser json, JsonDraft draft) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      draft.takeContent("form", value(json));
      return;
    }
    EntryForm form = new EntryForm();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(json.currentName());
      if (json.nextToken() != JsonToken.START_ARRAY) {
        form.add(name, value(json));
        continue;
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        form.add(name, value(json));
      }
    }
    draft.takeForm(form);
  }

  private static void takeHeaders(JsonParser json, JsonDraft draft) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      draft.takeNoHeaders(value(json));
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(json.currentName());
      if (json.nextToken() != JsonToken.START_ARRAY) {
        draft.takeHeader(name, value(json));
        continue;
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        draft.takeHeader(name, value(json));
      }
    }
  }

  static Meta.Value value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> new Meta.Value.Text(null);
      case VALUE_STRING -> new Meta.Value.Text(whole(json.getText()));
      case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Meta.Value.Json(json.getText());
      default -> new Meta.Value.Json(compact(json));
    };
  }

  /** An array or object without white space. */
  private static String compact(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      int depth = 0;
      do {
        JsonToken token = json.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        copy(token, json, out);
      } while (depth > 0 && json.nextToken() != null);
    }
    return text.toString();
  }

  private static void copy(JsonToken token, JsonParser json, JsonGenerator out) throws IOException {
    switch (token) {
      case START_OBJECT -> out.writeStartObject();
      case END_OBJECT -> out.writeEndObject();
      case START_ARRAY -> out.writeStartArray();
      case END_ARRAY -> out.writeEndArray();
      case FIELD_NAME -> out.writeFieldName(whole(json.currentName()));
      case VALUE_STRING -> out.writeString(whole(json.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(json.getText());
      case VALUE_TRUE -> out.writeBoolean(true);
      case VALUE_FALSE -> out.writeBoolean(false);
      case VALUE_NULL -> out.writeNull();
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("not in JSON text: " + token);
    }
  }

  /** The text, if it can be encoded in UTF-8: a lone surrogate cannot. */
  static String whole(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new IOException(HALF_OF_A_PAIR);
        }
        i++;
      }
    }
    return text;
  }

  /** The fault, without any of the text, which may be secret. */
  private static String reason(IOException e) {
    return switch (e) {
      case StreamConstraintsException _ -> "the JSON is nested too deeply, or has too long a key";
      case JsonProcessingException broken when isDuplicate(broken) ->
          "a key occurs twice" + place(broken);
      case JsonProcessingException broken when isHalf(broken) -> HALF_OF_A_PAIR;
      case JsonProcessingException broken -> "the line is not JSON" + place(broken);
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Whether a key has a lone surrogate. */
  private static boolean isHalf(JsonProcessingException e) {
    return e.getOriginalMessage().contains("surrogate");
  }

  private static boolean isDuplicate(JsonProcessingException e) {
    return e.getOriginalMessage().startsWith("Duplicate");
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "" : ", near character " + e.getLocation().getColumnNr();
  }
}

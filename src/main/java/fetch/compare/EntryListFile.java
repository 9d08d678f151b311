package fetch.compare;

import fetch.BadLine;
import fetch.Content;
import fetch.Entry;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as a list: a URL on each line or, if an entry has overrides, a JSON object. Omits
 * meta, which does not change a run.
 *
 * @param extension of the file
 * @param lines with the passwords in URLs
 */
public record EntryListFile(String extension, List<String> lines) {
  private static final int NANOS = 9;

  public static EntryListFile of(List<Entry> entries) {
    return entries.stream().allMatch(EntryListFile::isPlain)
        ? new EntryListFile(".txt", entries.stream().map(EntryListFile::url).toList())
        : new EntryListFile(".jsonl", entries.stream().map(EntryListFile::object).toList());
  }

  private static boolean isPlain(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> request.own() == null;
      case BadLine _ -> true;
    };
  }

  private static String url(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> request.target().location();
      case BadLine bad -> bad.input();
    };
  }

  private static String object(Entry entry) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("url", url(entry));
    if (entry instanceof FetchRequest request && request.own() != null) {
      put(request.own(), object);
    }
    return Json.of(object);
  }

  private static void put(EntryOverrides own, Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    for (HeaderLine header : own.headers()) {
      headers.put(header.name(), header.value());
    }
    Content content = own.content();
    if (content != null) {
      put(content, object);
    }
    object.put("method", own.method());
    object.put("headers", headers);
    object.put(
        "timeout",
        own.timeout() == null ? null : BigDecimal.valueOf(own.timeout().toNanos(), NANOS));
  }

  private static void put(Content content, Map<String, @Nullable Object> object) {
    byte[] bytes = content.bytes();
    if (Content.JSON.equals(content.accept())) {
      object.put("json", new Json.Text(new String(bytes, StandardCharsets.UTF_8)));
    } else {
      object.put("body_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}

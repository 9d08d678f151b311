package fetch.body;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps media types to file extensions. */
final class ContentExtensions {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("text/html", ".html"),
          Map.entry("application/xhtml+xml", ".xhtml"),
          Map.entry("text/plain", ".txt"),
          Map.entry("text/css", ".css"),
          Map.entry("text/csv", ".csv"),
          Map.entry("text/markdown", ".md"),
          Map.entry("text/xml", ".xml"),
          Map.entry("application/xml", ".xml"),
          Map.entry("application/rss+xml", ".rss"),
          Map.entry("application/atom+xml", ".atom"),
          Map.entry("application/json", ".json"),
          Map.entry("application/ld+json", ".jsonld"),
          Map.entry("application/x-ndjson", ".jsonl"),
          Map.entry("text/javascript", ".js"),
          Map.entry("application/javascript", ".js"),
          Map.entry("application/wasm", ".wasm"),
          Map.entry("application/pdf", ".pdf"),
          Map.entry("application/epub+zip", ".epub"),
          Map.entry("application/rtf", ".rtf"),
          Map.entry("application/msword", ".doc"),
          Map.entry("application/vnd.ms-excel", ".xls"),
          Map.entry("application/vnd.ms-powerpoint", ".ppt"),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
          Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
          Map.entry(
              "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
          Map.entry("application/zip", ".zip"),
          Map.entry("application/gzip", ".gz"),
          Map.entry("application/x-gzip", ".gz"),
          Map.entry("application/zstd", ".zst"),
          Map.entry("application/x-tar", ".tar"),
          Map.entry("application/x-7z-compressed", ".7z"),
          Map.entry("application/octet-stream", ".bin"),
          Map.entry("image/jpeg", ".jpg"),
          Map.entry("image/png", ".png"),
          Map.entry("image/gif", ".gif"),
          Map.entry("image/webp", ".webp"),
          Map.entry("image/avif", ".avif"),
          Map.entry("image/svg+xml", ".svg"),
          Map.entry("image/bmp", ".bmp"),
          Map.entry("image/tiff", ".tiff"),
          Map.entry("image/x-icon", ".ico"),
          Map.entry("image/vnd.microsoft.icon", ".ico"),
          Map.entry("audio/mpeg", ".mp3"),
          Map.entry("audio/ogg", ".ogg"),
          Map.entry("audio/wav", ".wav"),
          Map.entry("video/mp4", ".mp4"),
          Map.entry("video/webm", ".webm"),
          Map.entry("font/woff", ".woff"),
          Map.entry("font/woff2", ".woff2"),
          Map.entry("font/ttf", ".ttf"));

  private ContentExtensions() {}

  /** The extension with its dot; empty for an unknown type. */
  static String of(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return KNOWN.getOrDefault(type.strip().toLowerCase(Locale.ROOT), "");
  }
}

package fetch.since;

import fetch.Change;
import fetch.HashAlgorithm;
import fetch.SavedBody;
import fetch.Validators;
import fetch.input.JsonObjects;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the records of an earlier run, in the format jsonl. For one thread. */
final class EarlierResultReader implements Closeable {
  /** The members read from a record, before the hashes. */
  private static final List<String> FIELDS =
      List.of(
          "input",
          "method",
          "ok",
          "url",
          "url_effective",
          "response_code",
          "size_delivered",
          "content_type",
          "etag",
          "last_modified",
          "filename_effective",
          "change");

  private static final int INPUT = 0;
  private static final int METHOD = 1;
  private static final int OK = 2;
  private static final int URL = 3;
  private static final int URL_EFFECTIVE = 4;
  private static final int STATUS = 5;
  private static final int SIZE = 6;
  private static final int TYPE = 7;
  private static final int ETAG = 8;
  private static final int LAST_MODIFIED = 9;
  private static final int FILE = 10;
  private static final int CHANGE = 11;

  /** A missing or invalid number. */
  private static final long UNKNOWN = -1;

  private final Path file;
  private final JsonObjects objects;
  private final @Nullable String[] values;

  EarlierResultReader(Path file) throws IOException {
    this.file = file;
    List<String> names = new ArrayList<>(FIELDS);
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      names.add(algorithm.label());
    }
    this.values = new String[names.size()];
    try {
      this.objects = new JsonObjects(Files.newInputStream(file), names);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private IOException unreadable(IOException e) {
    String message = e.getMessage() + "; --since reads what --format=jsonl writes";
    return new IOException(file + ": " + message, e);
  }

  /** Reads the next record; false if there is no further whole record. */
  boolean next() throws IOException {
    try {
      if (!objects.next(values)) {
        return false;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (values[INPUT] == null || values[OK] == null) {
      throw new IOException(
          file
              + ": line "
              + objects.line()
              + " is not a record of fetch: it has no "
              + FIELDS.get(values[INPUT] == null ? INPUT : OK));
    }
    return true;
  }

  /** Whether the file ends in a torn record. */
  boolean torn() {
    return objects.torn();
  }

  String input() {
    return String.valueOf(values[INPUT]);
  }

  /** The method; null if the record has none. */
  @Nullable String method() {
    return values[METHOD];
  }

  /** The result in the record. */
  EarlierResult past() {
    String effective = values[URL_EFFECTIVE];
    return new EarlierResult(
        "true".equals(values[OK]),
        Change.GONE.label().equals(values[CHANGE]),
        EarlierResult.shape((int) number(STATUS), number(SIZE), values[TYPE]),
        effective == null || effective.equals(values[URL]) ? null : effective,
        Validators.of(values[ETAG], values[LAST_MODIFIED]),
        new SavedBody(values[FILE], digests()));
  }

  private long number(int field) {
    String text = values[field];
    try {
      return text == null ? UNKNOWN : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  private Map<HashAlgorithm, String> digests() {
    Map<HashAlgorithm, String> digests = new EnumMap<>(HashAlgorithm.class);
    int field = FIELDS.size();
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      String digest = values[field++];
      if (digest != null && digest.length() == algorithm.digits() && isHexadecimal(digest)) {
        digests.put(algorithm, digest);
      }
    }
    return digests;
  }

  /** Whether all digits are lower case, as fetch writes them. */
  private static boolean isHexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    objects.close();
  }
}

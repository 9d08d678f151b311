package fetch.since;

import fetch.Change;
import fetch.HashAlgorithm;
import fetch.Stored;
import fetch.Validators;
import fetch.input.JsonObjects;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the records of an earlier run, in the format jsonl. For one thread. */
final class PastReader implements Closeable {
  private static final String INPUT = "input";
  private static final String METHOD = "method";
  private static final String OK = "ok";
  private static final String URL = "url";
  private static final String URL_EFFECTIVE = "url_effective";
  private static final String STATUS = "response_code";
  private static final String SIZE = "size_delivered";
  private static final String TYPE = "content_type";
  private static final String ETAG = "etag";
  private static final String LAST_MODIFIED = "last_modified";
  private static final String FILE = "filename_effective";
  private static final String CHANGE = "change";

  private static final Set<String> OTHERS =
      Set.of(
          INPUT,
          METHOD,
          OK,
          URL,
          URL_EFFECTIVE,
          STATUS,
          SIZE,
          TYPE,
          ETAG,
          LAST_MODIFIED,
          FILE,
          CHANGE);

  /** A number that is not there, or is none. */
  private static final long UNKNOWN = -1;

  private final Path file;
  private final JsonObjects objects;
  private final Map<String, String> members = new HashMap<>();
  private final Map<String, HashAlgorithm> algorithms = new HashMap<>();

  PastReader(Path file) throws IOException {
    this.file = file;
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      algorithms.put(algorithm.label(), algorithm);
    }
    this.objects = new JsonObjects(Files.newInputStream(file));
  }

  /** Reads the next record; false when there is no further whole one. */
  boolean next() throws IOException {
    members.clear();
    try {
      if (!objects.next(new Wanted())) {
        return false;
      }
    } catch (IOException e) {
      throw new IOException(
          file + ": " + e.getMessage() + "; --since reads what --format=jsonl writes", e);
    }
    for (String name : List.of(INPUT, OK)) {
      if (!members.containsKey(name)) {
        throw new IOException(
            file + ": line " + objects.line() + " is no record of fetch: it has no " + name);
      }
    }
    return true;
  }

  private final class Wanted implements JsonObjects.Members {
    @Override
    public boolean wants(String name) {
      return OTHERS.contains(name) || algorithms.containsKey(name);
    }

    @Override
    public void take(String name, String value) {
      members.put(name, value);
    }
  }

  /** Whether a record is cut off at the end of the file. */
  boolean torn() {
    return objects.torn();
  }

  String input() {
    return members.getOrDefault(INPUT, "");
  }

  /** Null when the record does not have it. */
  @Nullable String method() {
    return members.get(METHOD);
  }

  /** What the record says. */
  Past past() {
    String url = members.get(URL);
    String effective = members.get(URL_EFFECTIVE);
    boolean moved = effective != null && !effective.equals(url);
    return new Past(
        "true".equals(members.get(OK)),
        Change.GONE.label().equals(members.get(CHANGE)),
        Past.shape((int) number(STATUS), number(SIZE), members.get(TYPE)),
        moved ? effective : null,
        Validators.of(members.get(ETAG), members.get(LAST_MODIFIED)),
        new Stored(members.get(FILE), digests()));
  }

  private long number(String name) {
    try {
      return Long.parseLong(members.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  private Map<HashAlgorithm, String> digests() {
    Map<HashAlgorithm, String> digests = new EnumMap<>(HashAlgorithm.class);
    algorithms.forEach((name, algorithm) -> {
      String digest = members.get(name);
      if (digest != null && isDigest(digest, algorithm)) {
        digests.put(algorithm, digest);
      }
    });
    return digests;
  }

  private static boolean isDigest(String text, HashAlgorithm algorithm) {
    return text.length() == algorithm.digits()
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  @Override
  public void close() throws IOException {
    objects.close();
  }
}

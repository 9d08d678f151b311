package fetch.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a run of the program left: its exit code and what it said. */
record Ended(int code, String out, String err) {
  static Ended of(int code, byte[] out, byte[] err) {
    return new Ended(
        code, new String(out, StandardCharsets.UTF_8), new String(err, StandardCharsets.UTF_8));
  }

  List<String> records() {
    return out.lines().toList();
  }

  /** All it said, on both streams. */
  String everything() {
    return out + err;
  }
}

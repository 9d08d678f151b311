package fetch.input;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Fetches lists over http and https. Safe for many threads. */
public interface ListFetcher {
  /** Refuses to. */
  ListFetcher NONE =
      (_, _) -> {
        throw new IOException("fetch compare --sample does not fetch lists; download it to a file");
      };

  /**
   * Fetches a list to its end.
   *
   * @param keep whether it is read again, and must be the same then
   * @throws IOException when it cannot be had whole, with the reason
   */
  Fetched fetch(String url, boolean keep) throws IOException;

  /**
   * A list, whose bytes the caller closes.
   *
   * @param url where the last redirect led, password masked
   * @param contentType as sent, null when absent
   */
  record Fetched(InputStream bytes, String url, @Nullable String contentType) {}
}

package fetch.input;

import java.io.IOException;

/** Fetches lists over http and https. Safe for many threads. */
public interface ListFetcher {
  /** Refuses to. */
  ListFetcher NONE =
      (_, _) -> {
        throw new IOException("fetch compare --sample does not fetch lists; download it to a file");
      };

  /**
   * Fetches a list to its end. The caller closes its bytes.
   *
   * @param keep whether it is read again, and must be the same then
   * @throws IOException when it cannot be had whole, with the reason
   */
  Source.Opened fetch(String url, boolean keep) throws IOException;
}

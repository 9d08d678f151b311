package fetch.input;

import java.io.IOException;

/** Downloads lists over http and https. Safe for many threads. */
public interface ListFetcher {
  /** Refuses to download. */
  ListFetcher NONE =
      (_, _) -> {
        throw new IOException("fetch compare --sample does not fetch lists; download it to a file");
      };

  /**
   * Downloads a list completely. The caller closes its bytes.
   *
   * @param keep whether it is read again and must not change until then
   * @throws IOException with the reason, if it cannot be downloaded completely
   */
  Source.Opened fetch(String url, boolean keep) throws IOException;
}

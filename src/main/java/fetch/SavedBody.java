package fetch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a body.
 *
 * @param file the file with it, as seen from the working directory; null when there is none
 * @param digests of the body after decompression, in hexadecimal digits
 */
public record SavedBody(@Nullable String file, Map<HashAlgorithm, String> digests) {
  /** Of a body that was only counted. */
  public static final SavedBody NOTHING = new SavedBody(null, Map.of());
}

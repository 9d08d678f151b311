package fetch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fetch keeps of a body.
 *
 * @param file path of the file from the working directory; null without a file
 * @param digests of the body after decompression, in hexadecimal digits
 * @param included as the record has it; null when the record does not have it
 */
public record SavedBody(
    @Nullable String file, Map<HashAlgorithm, String> digests, @Nullable IncludedBody included) {
  /** Of a body that was only counted. */
  public static final SavedBody NOTHING = new SavedBody(null, Map.of());

  public SavedBody(@Nullable String file, Map<HashAlgorithm, String> digests) {
    this(file, digests, null);
  }
}

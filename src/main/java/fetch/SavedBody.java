package fetch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body after it was received: its file, digests and text. The {@code with} methods return a copy.
 *
 * @param file path of the file from the working directory; null without a file
 * @param digests of the body after decompression, in hexadecimal digits
 * @param included the body in the record; null if the record does not include it
 * @param mismatch why its text is not the expected one, in one sentence; null if it is
 * @param archived its place in the archive that {@code file} names; null if it is not in one
 */
public record SavedBody(
    @Nullable String file,
    Map<HashAlgorithm, String> digests,
    @Nullable IncludedBody included,
    @Nullable String mismatch,
    @Nullable ArchivedResponse archived) {
  /** A body that was only counted. */
  public static final SavedBody NOTHING = new SavedBody(null, Map.of());

  public SavedBody(@Nullable String file, Map<HashAlgorithm, String> digests) {
    this(file, digests, null, null);
  }

  public SavedBody(
      @Nullable String file,
      Map<HashAlgorithm, String> digests,
      @Nullable IncludedBody included,
      @Nullable String mismatch) {
    this(file, digests, included, mismatch, null);
  }

  /** In an archive, which becomes its file. */
  public SavedBody withArchived(ArchivedResponse place) {
    return new SavedBody(place.file(), digests, included, mismatch, place);
  }

  public SavedBody withFile(@Nullable String other) {
    return new SavedBody(other, digests, included, mismatch, archived);
  }

  public SavedBody withDigests(Map<HashAlgorithm, String> others) {
    return new SavedBody(file, others, included, mismatch, archived);
  }

  public SavedBody withIncluded(@Nullable IncludedBody other) {
    return new SavedBody(file, digests, other, mismatch, archived);
  }

  public SavedBody withMismatch(@Nullable String other) {
    return new SavedBody(file, digests, included, other, archived);
  }
}

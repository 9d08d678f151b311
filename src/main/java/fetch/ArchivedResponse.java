package fetch;

import org.jspecify.annotations.Nullable;

/**
 * Where the record of a response is in an archive.
 *
 * @param file of the archive; null before it is known
 * @param offset of the record, in bytes
 * @param length of the record, in bytes, as compressed
 */
public record ArchivedResponse(@Nullable String file, long offset, long length) {}

package fetch;

import org.jspecify.annotations.Nullable;

/**
 * The place of a response's record in an archive.
 *
 * @param file of the archive; null while it is unknown
 * @param offset of the record, in bytes
 * @param length of the record, in bytes, as compressed
 */
public record ArchivedResponse(@Nullable String file, long offset, long length) {}

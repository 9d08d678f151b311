package fetch;

import org.jspecify.annotations.Nullable;

/**
 * A body in a record.
 *
 * @param text null if the body is not valid in its character encoding
 * @param base64 the bytes (RFC 4648, section 4); null when there is text
 * @param truncated whether it is the beginning of a longer body
 */
public record IncludedBody(@Nullable String text, @Nullable String base64, boolean truncated) {}

package fetch.warc;

import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of an exchange beside its bytes.
 *
 * @param url without user and password
 * @param contentType as sent, null when absent
 * @param server the address that the client was connected to; null when that is not known, or a
 *     proxy
 * @param epochMillis when it began
 * @param protocol another than HTTP/1.x that it was made in, null for none
 * @param truncation why the body is not whole, null when it is
 */
public record Circumstances(
    String url,
    String method,
    int status,
    @Nullable String contentType,
    @Nullable String server,
    long epochMillis,
    @Nullable String protocol,
    @Nullable Truncation truncation) {}

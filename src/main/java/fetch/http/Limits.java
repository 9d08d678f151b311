package fetch.http;

import java.time.Duration;

/**
 * What one attempt may take.
 *
 * @param connectTimeout for name look-up, TCP and TLS together
 * @param maxTime from the attempt's start to the last byte, redirects included
 * @param maxFilesize the most bytes of a body, after decompression
 */
public record Limits(Duration connectTimeout, Duration maxTime, long maxFilesize) {}

package fetch.body;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/**
 * The answer whose body is about to come.
 *
 * @param status of the last response
 * @param contentType as sent, null when absent
 */
public record Arrival(FetchRequest request, int status, @Nullable String contentType) {}

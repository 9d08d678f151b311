package fetch.frontier;

import fetch.FetchRequest;

/**
 * Permits one request. {@link Frontier#settle} takes it back.
 *
 * @param order the lowest goes first
 * @param retries the number of earlier attempts
 * @param heldUp how many of them do not count as retries, because the host only limited the rate
 * @param queueNanos how long the attempt waited for its turns, in nanoseconds
 * @param firstStart when the first attempt began, in nanoseconds
 * @param startEpochMillis the same in milliseconds since the Unix epoch; 0 if this is the first
 *     attempt
 */
public record Turn(
    FetchRequest request,
    long order,
    int retries,
    int heldUp,
    long queueNanos,
    long firstStart,
    long startEpochMillis) {}

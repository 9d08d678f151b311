package fetch.frontier;

import fetch.FetchRequest;

/**
 * Leave to attempt a request once; it is given back by {@link Frontier#settle}.
 *
 * @param retries how many attempts came before this one
 * @param queueNanos how long the request waited for it, in nanoseconds
 * @param firstStart when the first attempt began, in nanoseconds
 * @param startEpochMillis the same, in milliseconds since the Unix epoch; 0 if this is the first
 */
public record Turn(
    FetchRequest request, int retries, long queueNanos, long firstStart, long startEpochMillis) {}

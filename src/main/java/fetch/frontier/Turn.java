package fetch.frontier;

import fetch.FetchRequest;

/**
 * Leave to make one request; it is given back by {@link Frontier#settle}.
 *
 * @param order of those that wait, the lowest goes first
 * @param retries how many attempts came before this one
 * @param heldUp how many of them don't count as retries, as their host only asked to wait
 * @param queueNanos how long the attempt has waited for its turns, in nanoseconds
 * @param firstStart when the first attempt began, in nanoseconds
 * @param startEpochMillis the same, in milliseconds since the Unix epoch; 0 if this is the first
 */
public record Turn(
    FetchRequest request,
    long order,
    int retries,
    int heldUp,
    long queueNanos,
    long firstStart,
    long startEpochMillis) {}

package fetch.frontier;

import fetch.FetchRequest;

/**
 * Leave to attempt a request once; it is given back by {@link Frontier#settle}.
 *
 * @param retries how many attempts came before this one
 * @param queueNanos how long the request waited for it, in nanoseconds
 */
public record Turn(FetchRequest request, int retries, long queueNanos) {}

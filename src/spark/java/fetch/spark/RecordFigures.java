package fetch.spark;

import org.jspecify.annotations.Nullable;

/**
 * What is added up of a record.
 *
 * @param error its label, null for none
 * @param delivered bytes of the body, after decompression
 * @param seconds of the last attempt; not a number if there was no request
 */
record RecordFigures(
    boolean ok, @Nullable String error, long retries, long delivered, double seconds) {}

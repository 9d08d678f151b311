package fetch;

/**
 * When the phases of an attempt ended, in nanoseconds from its start; 0 for a phase that did not
 * take place, as on a reused connection. The names are curl's.
 *
 * @param startEpochMillis the attempt's start, in milliseconds since the Unix epoch
 */
public record Timings(
    long startEpochMillis,
    long namelookup,
    long connect,
    long appconnect,
    long starttransfer,
    long total) {}

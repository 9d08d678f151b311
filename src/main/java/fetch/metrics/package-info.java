/** Writes the figures of a run to a file for Prometheus. */
@NullMarked
package fetch.metrics;

import org.jspecify.annotations.NullMarked;

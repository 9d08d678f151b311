/** The numbers of a run for those who watch over machines: a file as Prometheus reads it. */
@NullMarked
package fetch.metrics;

import org.jspecify.annotations.NullMarked;

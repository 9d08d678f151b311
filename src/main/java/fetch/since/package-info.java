/** Compares results with those of an earlier run, held in a flat table. */
@NullMarked
package fetch.since;

import org.jspecify.annotations.NullMarked;

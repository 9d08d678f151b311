/** Compares results with those of an earlier run, which it holds in a flat table. */
@NullMarked
package fetch.since;

import org.jspecify.annotations.NullMarked;

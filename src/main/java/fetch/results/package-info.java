/** Reads the results of runs again: merges, converts and counts them. */
@NullMarked
package fetch.results;

import org.jspecify.annotations.NullMarked;

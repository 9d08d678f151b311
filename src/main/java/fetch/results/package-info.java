/** Reads results of earlier runs: merges, converts and counts them. */
@NullMarked
package fetch.results;

import org.jspecify.annotations.NullMarked;

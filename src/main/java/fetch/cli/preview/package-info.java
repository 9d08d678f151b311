/**
 * Counts the entries and hosts of a list and estimates the least time of a run, without holding the
 * list in memory.
 */
@NullMarked
package fetch.cli.preview;

import org.jspecify.annotations.NullMarked;

/**
 * The vocabulary of a run: entries, attempts, outcomes, kinds of failure and results. Immutable,
 * without I/O or threads.
 */
@NullMarked
package fetch;

import org.jspecify.annotations.NullMarked;

/**
 * The vocabulary of a run: entries, attempts, outcomes and results; immutable, without I/O or
 * threads.
 */
@NullMarked
package fetch;

import org.jspecify.annotations.NullMarked;

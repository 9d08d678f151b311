/**
 * The public API: fetches entries by immutable settings and yields one result for each. Start at
 * {@link fetch.engine.Engine}. Independent of the command line.
 */
@NullMarked
package fetch.engine;

import org.jspecify.annotations.NullMarked;

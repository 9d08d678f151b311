/**
 * The public API: fetches entries by immutable settings and gives one result for each. Start at
 * {@link fetch.engine.Engine}. Knows nothing of the command line.
 */
@NullMarked
package fetch.engine;

import org.jspecify.annotations.NullMarked;

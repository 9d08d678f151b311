/**
 * The engine, for programs that embed it: settings go in, one result for each entry comes out.
 * Start at {@link fetch.engine.Engine}. It knows nothing of the command line.
 */
@NullMarked
package fetch.engine;

import org.jspecify.annotations.NullMarked;

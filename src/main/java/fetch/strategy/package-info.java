/** The ways to drain the frontier: which threads do the work. */
@NullMarked
package fetch.strategy;

import org.jspecify.annotations.NullMarked;

/** The ways to drain the frontier: which threads do the work. Decides nothing about a request. */
@NullMarked
package fetch.strategy;

import org.jspecify.annotations.NullMarked;

/** Drains the frontier with threads of different kinds. Decides nothing about a request. */
@NullMarked
package fetch.strategy;

import org.jspecify.annotations.NullMarked;

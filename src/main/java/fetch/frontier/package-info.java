/** Decides which request comes next and what a finished attempt means. */
@NullMarked
package fetch.frontier;

import org.jspecify.annotations.NullMarked;

/**
 * Decides which request comes next and what a finished attempt means. Starts no threads; its clock
 * is a parameter.
 */
@NullMarked
package fetch.frontier;

import org.jspecify.annotations.NullMarked;

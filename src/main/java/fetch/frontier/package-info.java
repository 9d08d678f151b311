/**
 * Decides which request comes next, and the consequence of a finished attempt. Starts no threads;
 * its clock is a parameter.
 */
@NullMarked
package fetch.frontier;

import org.jspecify.annotations.NullMarked;

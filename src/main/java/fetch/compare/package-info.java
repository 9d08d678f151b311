/** The strategies timed side by side, and what is made of the figures. */
@NullMarked
package fetch.compare;

import org.jspecify.annotations.NullMarked;

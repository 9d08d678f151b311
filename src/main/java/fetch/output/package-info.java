/** Encodes results and writes them. */
@NullMarked
package fetch.output;

import org.jspecify.annotations.NullMarked;

/** Turns sources into entries, lazily. */
@NullMarked
package fetch.input;

import org.jspecify.annotations.NullMarked;

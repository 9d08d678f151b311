/** Reads sources into entries, one at a time. Only this package uses fastcsv, Jackson and jsoup. */
@NullMarked
package fetch.input;

import org.jspecify.annotations.NullMarked;

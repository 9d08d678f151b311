/** Encodes results and the summary, and writes them. Independent of how results were obtained. */
@NullMarked
package fetch.output;

import org.jspecify.annotations.NullMarked;

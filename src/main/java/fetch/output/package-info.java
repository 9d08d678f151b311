/**
 * Encodes results and the summary, and writes them. Knows nothing about how a result came about.
 */
@NullMarked
package fetch.output;

import org.jspecify.annotations.NullMarked;

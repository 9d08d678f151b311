/** What a run would have to do: its entries, its hosts, and the time that these must take. */
@NullMarked
package fetch.preview;

import org.jspecify.annotations.NullMarked;

/** Names, locks and safely opens the files of a run. */
@NullMarked
package fetch.file;

import org.jspecify.annotations.NullMarked;

/** Shows the progress of a run on a terminal. Only this package writes there while it does. */
@NullMarked
package fetch.cli.progress;

import org.jspecify.annotations.NullMarked;

/**
 * Shows the progress of a run on a terminal. While it does, only this package writes to that
 * terminal.
 */
@NullMarked
package fetch.cli.progress;

import org.jspecify.annotations.NullMarked;

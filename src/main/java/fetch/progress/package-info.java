/** How far a run has come, for a person who watches it. */
@NullMarked
package fetch.progress;

import org.jspecify.annotations.NullMarked;

/** What makes a run continue: the results file is its journal. */
@NullMarked
package fetch.resume;

import org.jspecify.annotations.NullMarked;

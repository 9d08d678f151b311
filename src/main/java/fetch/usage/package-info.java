/** What the command line takes, told to shells and on a manual page. */
@NullMarked
package fetch.usage;

import org.jspecify.annotations.NullMarked;

/** What is set elsewhere than on the command line: argument files, FETCH_OPTS, the config file. */
@NullMarked
package fetch.settings;

import org.jspecify.annotations.NullMarked;

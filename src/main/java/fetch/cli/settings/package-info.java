/** Merges argument files, FETCH_OPTS and the config file into one command line. Knows no option. */
@NullMarked
package fetch.cli.settings;

import org.jspecify.annotations.NullMarked;

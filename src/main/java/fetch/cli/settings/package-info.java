/**
 * Merges argument files, FETCH_OPTS and the config file into one command line. Independent of the
 * options' meanings.
 */
@NullMarked
package fetch.cli.settings;

import org.jspecify.annotations.NullMarked;

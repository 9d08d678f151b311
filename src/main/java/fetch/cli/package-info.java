/** The command line; the only package that sees picocli, standard output and the exit. */
@NullMarked
package fetch.cli;

import org.jspecify.annotations.NullMarked;

/** The command line. Only this package uses picocli, standard output and the exit code. */
@NullMarked
package fetch.cli;

import org.jspecify.annotations.NullMarked;

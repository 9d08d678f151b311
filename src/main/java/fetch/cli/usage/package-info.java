/**
 * Describes the command line as data, for completion scripts and the manual page. Does not know
 * picocli.
 */
@NullMarked
package fetch.cli.usage;

import org.jspecify.annotations.NullMarked;

/**
 * Describes the command line as data, for completion scripts and the manual page. Independent of
 * picocli.
 */
@NullMarked
package fetch.cli.usage;

import org.jspecify.annotations.NullMarked;

/** The options of the command line, in groups, and how they are parsed. */
@NullMarked
package fetch.cli.options;

import org.jspecify.annotations.NullMarked;

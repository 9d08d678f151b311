/** Divides a list into files, one for each shard. */
@NullMarked
package fetch.split;

import org.jspecify.annotations.NullMarked;

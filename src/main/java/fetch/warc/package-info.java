/**
 * Writes requests and responses to WARC files (ISO 28500), and their index. Only this package uses
 * jwarc.
 */
@NullMarked
package fetch.warc;

import org.jspecify.annotations.NullMarked;

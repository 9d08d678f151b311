/** The archive of a run: what went over the wire, in WARC files (ISO 28500). */
@NullMarked
package fetch.warc;

import org.jspecify.annotations.NullMarked;

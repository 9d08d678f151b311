/**
 * Writes bodies to files, names the files and computes checksums. Independent of HTTP and OkHttp.
 */
@NullMarked
package fetch.body;

import org.jspecify.annotations.NullMarked;

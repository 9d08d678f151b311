/**
 * Writes bodies to files, names the files and computes checksums. Knows neither HTTP nor OkHttp.
 */
@NullMarked
package fetch.body;

import org.jspecify.annotations.NullMarked;

/** Keeps the cookies of a run by RFC 6265bis, and reads and writes cookie files. */
@NullMarked
package fetch.http.cookie;

import org.jspecify.annotations.NullMarked;

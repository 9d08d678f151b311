/** Keeps header fields as the bytes that they are, whichever version of HTTP carries them. */
@NullMarked
package fetch.http.field;

import org.jspecify.annotations.NullMarked;

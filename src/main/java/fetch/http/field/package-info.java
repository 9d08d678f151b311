/** Preserves the bytes of header fields in every version of HTTP. */
@NullMarked
package fetch.http.field;

import org.jspecify.annotations.NullMarked;

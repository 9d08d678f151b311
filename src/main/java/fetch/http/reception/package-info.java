/** Reads the body of a response, decodes it, and passes it to its sink. */
@NullMarked
package fetch.http.reception;

import org.jspecify.annotations.NullMarked;

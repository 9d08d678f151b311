/** Reads the body of a response, decodes it, and passes it to where it is saved. */
@NullMarked
package fetch.http.reception;

import org.jspecify.annotations.NullMarked;

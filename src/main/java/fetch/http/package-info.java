/**
 * Makes one exchange over HTTP: time limits, TLS, decoding, and the names of failures. Only this
 * package uses OkHttp.
 */
@NullMarked
package fetch.http;

import org.jspecify.annotations.NullMarked;

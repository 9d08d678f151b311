/**
 * Sends a request on a connection and reads the response, by rules of HTTP/1.1 (RFC 9112) that
 * OkHttp leaves out. Passes the bytes to recorders.
 */
@NullMarked
package fetch.http.wire;

import org.jspecify.annotations.NullMarked;

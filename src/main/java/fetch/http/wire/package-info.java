/**
 * Sends a request on a connection and reads the response, by the rules of HTTP/1.1 (RFC 9112) that
 * OkHttp leaves out, and shows the bytes to those who record them.
 */
@NullMarked
package fetch.http.wire;

import org.jspecify.annotations.NullMarked;

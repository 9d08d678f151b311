/** Checks what goes over connections of HTTP/2 (RFC 9113), beyond what OkHttp does. */
@NullMarked
package fetch.http.http2;

import org.jspecify.annotations.NullMarked;

/** Checks the traffic of HTTP/2 connections (RFC 9113) by rules that OkHttp leaves out. */
@NullMarked
package fetch.http.http2;

import org.jspecify.annotations.NullMarked;

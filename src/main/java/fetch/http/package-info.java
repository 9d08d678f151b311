/**
 * Makes one exchange over HTTP: time limits, TLS, decoding, and classified failures. Only this
 * package and those below it use OkHttp.
 */
@NullMarked
package fetch.http;

import org.jspecify.annotations.NullMarked;

/** Follows one call through OkHttp: its phases, timings, time limits and classified failures. */
@NullMarked
package fetch.http.call;

import org.jspecify.annotations.NullMarked;

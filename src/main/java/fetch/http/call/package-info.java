/**
 * Follows one call through OkHttp: its phases, its times, its time limits and the failures whose
 * kind is known where they arise.
 */
@NullMarked
package fetch.http.call;

import org.jspecify.annotations.NullMarked;

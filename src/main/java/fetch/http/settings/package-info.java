/**
 * States what the requests of a run look like, how servers are reached and what an attempt may
 * take. Immutable.
 */
@NullMarked
package fetch.http.settings;

import org.jspecify.annotations.NullMarked;

/**
 * States the settings of requests, how servers are reached, and the limits of an attempt.
 * Immutable.
 */
@NullMarked
package fetch.http.settings;

import org.jspecify.annotations.NullMarked;

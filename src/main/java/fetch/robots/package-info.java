/**
 * Parses robots.txt and caches its rules (RFC 9309). Does not fetch it. Only this package uses
 * crawler-commons.
 */
@NullMarked
package fetch.robots;

import org.jspecify.annotations.NullMarked;

/** What robots.txt says (RFC 9309), and for how long that is remembered. */
@NullMarked
package fetch.robots;

import org.jspecify.annotations.NullMarked;

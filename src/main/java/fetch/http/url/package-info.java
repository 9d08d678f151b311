/** Parses URLs, and reads and writes the hosts, addresses and origins in them. */
@NullMarked
package fetch.http.url;

import org.jspecify.annotations.NullMarked;

/** Chooses the client and connection for a URL, and bounds how many sockets there are. */
@NullMarked
package fetch.http.connection;

import org.jspecify.annotations.NullMarked;

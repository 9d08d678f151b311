/** Chooses the client and connection for a URL, and limits the number of sockets. */
@NullMarked
package fetch.http.connection;

import org.jspecify.annotations.NullMarked;

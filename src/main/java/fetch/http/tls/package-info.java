/** Carries connections over TLS, and explains why a handshake failed. */
@NullMarked
package fetch.http.tls;

import org.jspecify.annotations.NullMarked;

/** Speaks TLS with BoringSSL, through netty-tcnative, as an engine without sockets. */
@NullMarked
package fetch.http.boringssl;

import org.jspecify.annotations.NullMarked;

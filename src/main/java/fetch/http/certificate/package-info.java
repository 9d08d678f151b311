/** Decides whether a certificate chain is trusted, and whether it is for the host. */
@NullMarked
package fetch.http.certificate;

import org.jspecify.annotations.NullMarked;

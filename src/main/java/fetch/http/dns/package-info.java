/** Looks up host names, and refuses addresses that are not of the public Internet. */
@NullMarked
package fetch.http.dns;

import org.jspecify.annotations.NullMarked;

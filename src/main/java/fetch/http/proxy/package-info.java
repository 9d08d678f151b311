/** Reaches servers through proxies, and explains their refusals. */
@NullMarked
package fetch.http.proxy;

import org.jspecify.annotations.NullMarked;

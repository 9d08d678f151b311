/** Reaches servers through proxies, and explains what a proxy refused. */
@NullMarked
package fetch.http.proxy;

import org.jspecify.annotations.NullMarked;

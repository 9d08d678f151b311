/** Makes one exchange over HTTP; the only package that sees OkHttp. */
@NullMarked
package fetch.http;

import org.jspecify.annotations.NullMarked;

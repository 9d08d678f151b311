/** What has changed since an earlier run. */
@NullMarked
package fetch.since;

import org.jspecify.annotations.NullMarked;

/**
 * Times the strategies side by side and evaluates the figures. Does not know how a URL is fetched.
 */
@NullMarked
package fetch.compare;

import org.jspecify.annotations.NullMarked;

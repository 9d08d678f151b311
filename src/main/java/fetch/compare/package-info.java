/**
 * Times the strategies side by side and evaluates the figures. Independent of how a URL is fetched.
 */
@NullMarked
package fetch.compare;

import org.jspecify.annotations.NullMarked;

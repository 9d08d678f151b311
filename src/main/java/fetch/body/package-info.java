/** Where bodies go: nowhere, or into files. */
@NullMarked
package fetch.body;

import org.jspecify.annotations.NullMarked;

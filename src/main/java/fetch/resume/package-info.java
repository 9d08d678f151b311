/**
 * Reads from existing results which entries are done. There is no other state. Only this package
 * uses RoaringBitmap.
 */
@NullMarked
package fetch.resume;

import org.jspecify.annotations.NullMarked;

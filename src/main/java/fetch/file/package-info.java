/**
 * Numbers and safely opens the files that fetch names itself. Files that the user names are opened
 * elsewhere.
 */
@NullMarked
package fetch.file;

import org.jspecify.annotations.NullMarked;

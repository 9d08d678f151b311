/** Files whose names fetch makes up: how they are numbered, and how they are opened safely. */
@NullMarked
package fetch.file;

import org.jspecify.annotations.NullMarked;

/**
 * Draws the pages that show a run or a comparison in a browser, and counts what the page of a run
 * shows.
 */
@NullMarked
package fetch.report;

import org.jspecify.annotations.NullMarked;

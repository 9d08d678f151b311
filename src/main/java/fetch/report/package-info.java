/** Draws the HTML reports of runs and comparisons, and collects the figures for the former. */
@NullMarked
package fetch.report;

import org.jspecify.annotations.NullMarked;

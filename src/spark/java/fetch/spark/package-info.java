/**
 * Fetches a list on Apache Spark: the same engine in each executor, with one host in one task.
 * Compiled by the Maven profile {@code spark} only.
 */
@NullMarked
package fetch.spark;

import org.jspecify.annotations.NullMarked;

package fetch.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The lists of a job, before they are divided.
 *
 * @param sources in order
 * @param lines of each source, in the order of the source
 * @param fingerprint differs if the lists or the way of reading them differ
 */
record JobInput(List<ListSource> sources, List<JavaRDD<RawLine>> lines, String fingerprint) {}

package fetch.spark;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The records of a job, by its manifest. */
record Results(SparkSession spark, JobOptions options, OutputDirectory directory, JobInput input) {
  /** Marks the job as finished, with these chunks. */
  void complete(Manifest manifest) throws IOException {
    directory.write(Manifest.NAME, manifest::writeTo);
    deleteLostArchives(manifest);
    directory.write(Manifest.SUCCESS, _ -> {});
    directory.delete("_list");
    directory.deleteTemporary();
  }

  /** Deletes the archives of tasks that were killed before they committed their chunk. */
  private void deleteLostArchives(Manifest manifest) throws IOException {
    if (!options.spark().archives()) {
      return;
    }
    Set<String> named = manifest.archives();
    for (String archive : directory.namesIn(ChunkArchives.FOLDER)) {
      if (!named.contains(archive)) {
        directory.delete(archive);
      }
    }
  }

  Manifest manifest() throws IOException {
    return Manifest.parse(directory.text(Manifest.NAME));
  }

  /** The totals of the records, read from the chunks. */
  Totals totals() throws IOException {
    return Totals.of(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        directory.paths(manifest()),
        options.spark().format());
  }

  /** The records, read from the chunks. */
  Dataset<Row> read() throws IOException {
    return read(manifest());
  }

  /** The records of the chunks in a manifest. */
  Dataset<Row> read(Manifest manifest) {
    boolean structured = ListSource.anyStructured(input.sources());
    StructType schema = new RecordSchema(JobSettings.columns(options, structured)).spark();
    List<String> files = directory.paths(manifest);
    return files.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : options.spark().format().read(spark.read().schema(schema), files);
  }
}

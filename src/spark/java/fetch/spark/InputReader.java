package fetch.spark;

import fetch.cli.options.UsageException;
import fetch.http.url.HttpUrlParser;
import fetch.input.EntryParser;
import fetch.input.LineParser;
import fetch.input.UrlTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** Reads the lists of a job with Spark: files of lines or objects, and tables. */
final class InputReader {
  /** Default names of the column with URLs. */
  private static final List<String> USUAL = List.of("url", "uri", "link", "loc");

  private static final String DATASET = "the dataset";

  private final SparkSession spark;
  private final @Nullable String urlColumn;
  private final @Nullable String template;
  private final boolean entryOptions;

  /**
   * @param urlColumn the column or key with the URLs, null for the default
   * @param template makes URLs of the values of entries, null if lists have URLs
   * @param entryOptions whether objects may override how their URL is requested
   */
  InputReader(
      SparkSession spark,
      @Nullable String urlColumn,
      @Nullable String template,
      boolean entryOptions) {
    this.spark = spark;
    this.urlColumn = urlColumn;
    this.template = template;
    this.entryOptions = entryOptions;
  }

  /** Reads files. */
  JobInput files(List<String> names, SparkOptions.ListFormat format) throws IOException {
    List<ListSource> sources = new ArrayList<>();
    List<JavaRDD<RawLine>> lines = new ArrayList<>();
    StringBuilder fingerprint = new StringBuilder();
    for (String name : names) {
      fingerprint.append(stamp(name));
      SparkOptions.ListFormat actual =
          format == SparkOptions.ListFormat.AUTO ? byName(name) : format;
      switch (actual) {
        case LINES -> {
          checkTemplate(name, List.of("line"));
          add(new ListSource(name, ListSource.Syntax.LINES, "", template, false), sources, lines);
        }
        case JSONL -> {
          String key = urlColumn == null ? "url" : urlColumn;
          add(
              new ListSource(name, ListSource.Syntax.OBJECTS, key, template, entryOptions),
              sources,
              lines);
        }
        case CSV -> addCsv(name, ",", sources, lines);
        case TSV -> addCsv(name, "\t", sources, lines);
        case PARQUET -> addTable(name, spark.read().parquet(name), sources, lines);
        case AUTO -> throw new IllegalStateException("the format of " + name + " is not known");
      }
    }
    return new JobInput(sources, lines, fingerprint.append(sources).toString());
  }

  /** Reads a table from a program. */
  JobInput table(Dataset<Row> table) throws UsageException {
    List<ListSource> sources = new ArrayList<>();
    List<JavaRDD<RawLine>> lines = new ArrayList<>();
    addTable(DATASET, table, sources, lines);
    return new JobInput(sources, lines, sources + table.schema().simpleString());
  }

  private static SparkOptions.ListFormat byName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    String extension = plain.substring(plain.lastIndexOf('.') + 1);
    return switch (extension) {
      case "csv" -> SparkOptions.ListFormat.CSV;
      case "tsv", "tab" -> SparkOptions.ListFormat.TSV;
      case "jsonl", "ndjson" -> SparkOptions.ListFormat.JSONL;
      case "parquet" -> SparkOptions.ListFormat.PARQUET;
      default -> SparkOptions.ListFormat.LINES;
    };
  }

  /** The files of a list with their sizes and times; fails for a list that does not exist. */
  private String stamp(String name) throws IOException {
    if (name.regionMatches(true, 0, "http://", 0, 7)
        || name.regionMatches(true, 0, "https://", 0, 8)) {
      throw new UsageException("a SOURCE on Spark is a file, not a URL to fetch");
    }
    Path path = new Path(name);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FileStatus @Nullable [] found = path.getFileSystem(hadoop).globStatus(path);
    if (found == null || found.length == 0) {
      throw new UsageException(name + ": no such file");
    }
    StringBuilder stamp = new StringBuilder();
    for (FileStatus file : found) {
      stamp.append(file.getPath()).append(' ').append(file.getLen()).append(' ');
      stamp.append(file.getModificationTime()).append('\n');
    }
    return stamp.toString();
  }

  private void add(ListSource source, List<ListSource> sources, List<JavaRDD<RawLine>> lines) {
    int index = sources.size();
    sources.add(source);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    lines.add(
        context
            .newAPIHadoopFile(
                source.name(),
                TextInputFormat.class,
                LongWritable.class,
                Text.class,
                context.hadoopConfiguration())
            .values()
            .mapPartitions(texts -> rawLines(index, source, texts)));
  }

  private static Iterator<RawLine> rawLines(int index, ListSource source, Iterator<Text> texts) {
    LineParser parser = source.parser(new EntryParser(new HttpUrlParser()));
    return new Mapped<>(
        texts, text -> RawLine.of(index, parser, text.getBytes(), text.getLength()));
  }

  /** Adds a table whose cells are text and whose rows are lines, as in other lists. */
  private void addCsv(
      String name, String separator, List<ListSource> sources, List<JavaRDD<RawLine>> lines)
      throws UsageException {
    List<Row> first = cells(name, separator, false).takeAsList(1);
    if (first.isEmpty()) { // Spark then finds no columns
      sources.add(new ListSource(name, ListSource.Syntax.ROWS, "", template, false));
      lines.add(JavaSparkContext.fromSparkContext(spark.sparkContext()).emptyRDD());
      return;
    }
    addTable(name, cells(name, separator, isHeader(first.getFirst())), sources, lines);
  }

  private static boolean isHeader(Row row) {
    for (int i = 0; i < row.size(); i++) {
      if (row.getString(i).contains("://")) {
        return false;
      }
    }
    return true;
  }

  private Dataset<Row> cells(String name, String separator, boolean header) {
    Dataset<Row> cells =
        spark
            .read()
            .option("header", header)
            .option("sep", separator)
            .option("quote", "\"")
            .option("escape", "\"")
            .csv(name);
    return cells.na().fill("");
  }

  private void addTable(
      String name, Dataset<Row> table, List<ListSource> sources, List<JavaRDD<RawLine>> lines)
      throws UsageException {
    checkTemplate(name, List.of(table.columns()));
    String column = template == null ? urlColumn(name, table) : "";
    int index = sources.size();
    sources.add(new ListSource(name, ListSource.Syntax.ROWS, column, template, false));
    Column[] columns =
        Arrays.stream(table.columns())
            .map(other ->
                other.equals(column)
                    ? quoted(table, other).cast("string").as(other)
                    : quoted(table, other))
            .toArray(Column[]::new);
    Column json = functions.to_json(functions.struct(columns), Map.of("ignoreNullFields", "false"));
    lines.add(
        table.select(json).as(Encoders.STRING()).toJavaRDD().map(row -> RawLine.ofRow(index, row)));
  }

  /** Refuses a template with names that a list does not have. */
  private void checkTemplate(String name, List<String> columns) throws UsageException {
    if (template == null) {
      return;
    }
    for (String wanted : UrlTemplate.parse(template).names()) {
      if (!columns.contains(wanted)) {
        throw new UsageException(
            name
                + ": --url-template: no column is named '"
                + wanted
                + "'; there are: "
                + String.join(", ", columns));
      }
    }
  }

  private static Column quoted(Dataset<Row> table, String name) {
    return table.col("`" + name.replace("`", "``") + "`");
  }

  private String urlColumn(String name, Dataset<Row> table) throws UsageException {
    List<String> columns = List.of(table.columns());
    String wanted = urlColumn;
    if (wanted != null && wanted.matches("[1-9]\\d{0,8}") && !columns.contains(wanted)) {
      int number = Integer.parseInt(wanted);
      if (number > columns.size()) {
        throw new UsageException(
            name + ": there is no column " + number + "; there are " + columns.size());
      }
      return columns.get(number - 1);
    }
    List<String> candidates = wanted == null ? USUAL : List.of(wanted);
    for (String candidate : candidates) {
      for (String column : columns) {
        if (column.equalsIgnoreCase(candidate)) {
          return column;
        }
      }
    }
    if (wanted == null && columns.size() == 1) {
      return columns.getFirst();
    }
    throw new UsageException(
        name
            + ": no column is named "
            + (wanted == null ? "url; set --url-column" : "'" + wanted + "'")
            + "; there are: "
            + String.join(", ", columns));
  }
}

package fetch.output;

import fetch.FetchResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records to a stream, on the calling thread. For one thread. */
public final class RecordWriter {
  private final RecordFormat format;
  private final OutputStream out;
  private final ByteBuilder record = new ByteBuilder(1024);

  /**
   * Writes the header of a file of records.
   *
   * @param fields null for the default ones of the format
   */
  public RecordWriter(
      OutputFormat format, @Nullable List<? extends Column> fields, OutputStream out)
      throws IOException {
    this.format = format.create(fields);
    this.out = out;
    this.format.begin(record);
    record.writeTo(out);
  }

  public void write(FetchResult result) throws IOException {
    record.clear();
    format.encode(result, record);
    record.writeTo(out);
  }
}

package fetch.output;

import fetch.FetchResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Encodes results on the calling thread and queues them for writing. */
public final class RecordSink implements ResultSink {
  private static final int USUAL_RECORD_BYTES = 768;

  private final RecordFormat format;
  private final BlockWriter writer;

  /**
   * @param fields null for the default ones of the format
   * @param look of text
   * @param onFailure called once, when writing fails
   */
  public RecordSink(
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      TextStyle look,
      OutputStream out,
      Consumer<IOException> onFailure) {
    this.format = format.create(fields, look);
    this.writer = new BlockWriter(out, onFailure);
    ByteBuilder header = new ByteBuilder(USUAL_RECORD_BYTES);
    this.format.begin(header);
    writer.write(header);
  }

  /**
   * Writes to files, which add headers themselves.
   *
   * @param look of text
   * @param mostUnwritten how many results may be lost if the process is killed
   */
  public RecordSink(
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      TextStyle look,
      ResultFiles files,
      int mostUnwritten,
      Consumer<IOException> onFailure) {
    this.format = format.create(fields, look);
    this.writer = new BlockWriter(files, mostUnwritten, onFailure);
  }

  @Override
  public void accept(FetchResult result) {
    ByteBuilder bytes = new ByteBuilder(USUAL_RECORD_BYTES);
    format.encode(result, bytes);
    writer.write(bytes);
  }

  @Override
  public void close() {
    writer.close();
  }
}

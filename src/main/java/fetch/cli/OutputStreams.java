package fetch.cli;

import fetch.cli.options.DurabilityOptions;
import fetch.cli.options.IoMessages;
import fetch.cli.options.OutputOptions;
import fetch.output.Column;
import fetch.output.ResultFiles;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the files and streams for results. */
final class OutputStreams {
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  private OutputStreams() {}

  /**
   * Opens a file, or standard output if the file is null. Standard output is flushed but never
   * closed.
   */
  static OutputStream open(@Nullable Path file, Console console) throws IOException {
    if (file == null) {
      return new Unclosed(console.out());
    }
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw new IOException(cannotWrite(e), e);
    }
  }

  /** Opens and locks the output files; null if the output is not a regular file. */
  static @Nullable ResultFiles files(
      OutputOptions options, @Nullable List<Column> columns, DurabilityOptions durability)
      throws IOException {
    Path file = options.output();
    if (file == null || (Files.exists(file) && !Files.isRegularFile(file))) {
      return null;
    }
    try {
      return ResultFiles.open(
          file,
          durability.mostBytes(),
          options.format(),
          columns,
          durability.sync(),
          durability.resume() != null);
    } catch (FileSystemException e) {
      throw new IOException(cannotWrite(e), e);
    }
  }

  static String cannotWrite(IOException e) {
    return "cannot write the results: " + IoMessages.of(e);
  }

  /** Whether standard output remains when the terminal is closed. */
  static boolean standardOutputIsAFile() {
    return Files.isRegularFile(STANDARD_OUTPUT);
  }

  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      out.write(b, off, len);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}

package fetch.results;

import java.io.IOException;

/** Reads a file whose records are in order of position. */
final class FileCursor implements RecordCursor {
  private final ResultsFile file;
  private final int number;
  private final RecordLines lines;
  private Item record;

  /**
   * @param number of the file among all files
   */
  FileCursor(ResultsFile file, int number) throws IOException {
    this.file = file;
    this.number = number;
    this.lines = file.lines();
    this.record = new Item(-1, number, new byte[0]);
  }

  @Override
  public boolean next() throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      return false;
    }
    try {
      record = new Item(file.position(line), number, line);
      return true;
    } catch (IOException e) {
      throw ResultsScan.damaged(file, lines.number(), e);
    }
  }

  @Override
  public Item record() {
    return record;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

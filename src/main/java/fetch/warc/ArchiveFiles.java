package fetch.warc;

import fetch.Clock;
import fetch.file.FileSeries;
import fetch.warc.RecordDates.Second;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes the WARC files of an archive: one file, or several of limited size.
 *
 * <ul>
 *   <li>They are a {@link FileSeries}: opening them changes no file; {@link #startAfresh} or {@link
 *       #goOn} does.
 *   <li>In each, a record about the run comes before its other records.
 * </ul>
 *
 * For one thread at a time, except {@link #part}.
 */
final class ArchiveFiles implements Closeable {
  /** A file, and the ID of the record in it that describes the run. */
  record Part(int index, Path path, String information) {
    String name() {
      return String.valueOf(path.getFileName());
    }
  }

  /**
   * The description of the run, and the tools to write it.
   *
   * @param text lines about the run
   */
  record Information(String text, RecordTools tools, Clock clock) {
    EncodedRecord of(Part part) {
      return of(part.information(), part.name());
    }

    /**
     * The record.
     *
     * @param id its ID
     * @param filename of the archive, without directories
     */
    EncodedRecord of(String id, String filename) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Second date = Second.of(clock.epochMillis() / 1000);
      byte[] header = RecordHeaders.information(id, filename, date, bytes);
      RecordCompressor compressor = tools.compressors().take();
      try {
        return EncodedRecord.of(compressor, header, bytes);
      } finally {
        tools.compressors().giveBack(compressor);
      }
    }
  }

  private final ArchiveFileNames names;
  private final FileSeries files;
  private final long mostBytes;
  private final Information information;
  private volatile Part part;
  private long size;
  private boolean hasResponses;

  private ArchiveFiles(
      ArchiveFileNames names, FileSeries files, long mostBytes, Information information) {
    this.names = names;
    this.files = files;
    this.mostBytes = mostBytes;
    this.information = information;
    this.part = newPart();
  }

  /**
   * Opens and locks the files; fails if another run has locked them.
   *
   * @param mostBytes size from which the next file is begun
   */
  static ArchiveFiles open(ArchiveFileNames names, long mostBytes, Information information)
      throws IOException {
    return new ArchiveFiles(names, FileSeries.open(names, true), mostBytes, information);
  }

  private Part newPart() {
    int number = files.number();
    return new Part(number, names.get(number), information.tools().identifiers().next());
  }

  /** The file that the next records go to. */
  Part part() {
    return part;
  }

  /** How many files there are. */
  int count() {
    return files.existing().size();
  }

  Path path(int at) {
    return files.existing().get(at);
  }

  /** Opens a file for reading. */
  FileSeries.Reading read(int at) throws IOException {
    return files.read(at);
  }

  boolean isEmpty() throws IOException {
    return count() == 1 && files.last().size() == 0;
  }

  /** Removes the files of earlier runs and begins with the first. */
  void startAfresh() throws IOException {
    files.startAfresh();
    begin();
  }

  /**
   * Continues the last file; returns the number of bytes dropped.
   *
   * @param end the end of its last whole record
   */
  long goOn(long end) throws IOException {
    long torn = files.last().size() - end;
    files.last().cutAt(end);
    begin();
    hasResponses = true;
    return torn;
  }

  private void begin() throws IOException {
    size = files.last().size();
    hasResponses = false;
    Part begun = newPart();
    append(information.of(begun));
    part = begun;
  }

  /** Whether an exchange fits into this file. The first exchange always does. */
  boolean hasRoomFor(long length) {
    return !hasResponses || size + length <= mostBytes;
  }

  /** Begins the next file, which is locked before this one is unlocked. */
  void nextFile() throws IOException {
    files.next();
    begin();
  }

  /** Writes both records or none; returns where they begin. */
  long append(RequestAndResponse pair) throws IOException {
    long start = append(pair.request(), pair.response());
    hasResponses = true;
    return start;
  }

  private long append(EncodedRecord... records) throws IOException {
    long start = size;
    FileChannel file = files.last().channel();
    try {
      EncodedRecord.write(file, records);
      for (EncodedRecord record : records) {
        size += record.length();
      }
      return start;
    } catch (IOException e) {
      file.truncate(start);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}

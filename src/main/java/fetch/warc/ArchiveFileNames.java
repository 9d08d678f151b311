package fetch.warc;

import fetch.file.FileSeries;
import fetch.file.NumberedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the files of an archive: the first as the user says, the others with a number before the
 * extension, the index with its own extension.
 */
record ArchiveFileNames(Path first, String stem, String extension) implements FileSeries.Naming {
  private static final List<String> EXTENSIONS = List.of(".warc.gz", ".warc");

  /**
   * Throws an {@link IllegalArgumentException} with a sentence if the file is not named like a WARC
   * file.
   */
  static ArchiveFileNames of(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    for (String extension : EXTENSIONS) {
      if (text.endsWith(extension) && text.length() > extension.length()) {
        String stem = text.substring(0, text.length() - extension.length());
        return new ArchiveFileNames(file, stem, extension);
      }
    }
    throw new IllegalArgumentException(
        "'" + file + "' must end in .warc.gz, or in .warc for an uncompressed archive");
  }

  boolean gzip() {
    return extension.endsWith(".gz");
  }

  @Override
  public int firstNumber() {
    return 0;
  }

  @Override
  public boolean isNamedByUser(int number) {
    return number == 0;
  }

  @Override
  public boolean rolls() {
    return true;
  }

  /** The names of all files but the first. */
  @Override
  public NumberedFiles series() {
    return new NumberedFiles(first, stem, extension);
  }

  @Override
  public Path get(int index) {
    return index == 0 ? first : series().get(index);
  }

  /** The index file; {@code c.warc.gz} and {@code c.warc} have different ones. */
  Path index() {
    return sibling((gzip() ? stem : stem + extension) + ".cdxj");
  }

  Path sibling(String name) {
    return first.resolveSibling(name);
  }

  /** The numbers of the existing files, in ascending order; 0 is the first. */
  @Override
  public List<Integer> existing() throws IOException {
    List<Integer> numbers = new ArrayList<>(series().existing());
    if (Files.exists(first)) {
      numbers.addFirst(0);
    }
    return numbers;
  }
}

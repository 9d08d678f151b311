package fetch.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Names numbered files: {@code results-00001.jsonl}, {@code results-00002.jsonl} and so on.
 *
 * @param file a file in the same directory
 * @param before the text before the hyphen and the number
 * @param after the text after the number
 */
public record NumberedFiles(Path file, String before, String after) {
  private static final int MOST_DIGITS = 9;

  /** The name of a file, counted from 1. */
  public Path get(int number) {
    return file.resolveSibling(name(number));
  }

  private String name(int number) {
    return before + String.format(Locale.ROOT, "-%05d", number) + after;
  }

  /** The number in a name; 0 if the name is not one of these. */
  public int number(String name) {
    int start = before.length() + 1;
    int end = name.length() - after.length();
    if (end <= start || end - start > MOST_DIGITS || !name.endsWith(after)) {
      return 0;
    }
    int number = 0;
    for (int i = start; i < end; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      number = 10 * number + c - '0';
    }
    return name.equals(name(number)) ? number : 0;
  }

  /**
   * The numbers of the existing files, in ascending order and possibly with gaps. Empty if the
   * directory does not exist.
   */
  public List<Integer> existing() throws IOException {
    Path parent = file.getParent();
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(parent == null ? Path.of(".") : parent)) {
      for (Path entry : entries) {
        int number = number(String.valueOf(entry.getFileName()));
        if (number > 0) {
          numbers.add(number);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** Deletes a file of an earlier run, or a link with its name. */
  public void delete(int number) throws IOException {
    Path path = get(number);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    Files.deleteIfExists(path);
  }
}

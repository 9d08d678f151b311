package fetch.warc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the files of an archive are called: the first as the user says, the others with a number
 * before the extension, and the index with another extension.
 */
record Names(Path first, String stem, String extension) {
  private static final List<String> EXTENSIONS = List.of(".warc.gz", ".warc");

  /** Throws an {@link IllegalArgumentException} with a sentence when it is no name for a WARC. */
  static Names of(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    for (String extension : EXTENSIONS) {
      if (text.endsWith(extension) && text.length() > extension.length()) {
        String stem = text.substring(0, text.length() - extension.length());
        return new Names(file, stem, extension);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + file
            + "' ends neither in .warc.gz nor, for an archive that is not compressed, .warc");
  }

  boolean gzip() {
    return extension.endsWith(".gz");
  }

  Path get(int index) {
    String number = index == 0 ? "" : String.format(Locale.ROOT, "-%05d", index);
    return sibling(stem + number + extension);
  }

  Path index() {
    return sibling(stem + ".cdxj");
  }

  Path sibling(String name) {
    return first.resolveSibling(name);
  }

  /** The files that are there: from the first on, none left out. */
  List<Path> existing() {
    List<Path> found = new ArrayList<>();
    while (Files.exists(get(found.size()))) {
      found.add(get(found.size()));
    }
    return found;
  }
}

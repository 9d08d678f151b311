package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads the table of libraries and their licences in {@code THIRD-PARTY.md}. */
final class Notices {
  private record Row(String library, String licence) {}

  private final List<Row> rows;

  private Notices(List<Row> rows) {
    this.rows = rows;
  }

  static Notices read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5) {
        rows.add(new Row(cells[1].strip(), cells[3].strip()));
      }
    }
    return new Notices(rows);
  }

  /** The licence of a jar, as an SPDX expression. */
  String licence(String artifact) throws IOException {
    String name = artifact.startsWith("netty-tcnative") ? "netty-tcnative-classes" : artifact;
    return find(name, library -> library.matches("(`[^`]*`, )*`" + name + "`.*"));
  }

  /** The licence of a library within another. */
  String licenceOf(String part) throws IOException {
    return find(part, library -> library.contains(part));
  }

  private String find(String name, Predicate<String> isRow) throws IOException {
    for (Row row : rows) {
      if (isRow.test(row.library())) {
        return row.licence()
            .replaceAll(" ?\\(below\\)|;.*", "")
            .replace("LGPL-2.1", "LGPL-2.1-only")
            .replace(" or ", " OR ");
      }
    }
    throw new IOException("THIRD-PARTY.md does not say under which licence " + name + " is");
  }
}

package fetch.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Determines the columns of a table from its first row.
 *
 * @param url the column with the URLs, from 0; -1 if a template makes the URLs
 * @param header whether the first row has names; otherwise it is an entry
 * @param names of all columns, each once; a column without a name is {@code column1} and so on
 */
record TableColumns(int url, boolean header, List<String> names) {
  /** Default names of the column with URLs. */
  private static final List<String> USUAL = List.of("url", "uri", "link", "loc");

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  /** A host name or an IP address, optionally with user and port before the path. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)(//)?([^\\s/?#@]*@)?"
              + "(localhost|([\\p{L}\\p{N}_-]+\\.)+\\p{L}[\\p{L}\\p{N}-]+|\\d+(\\.\\d+){3}|\\[[0-9a-f:.]+])"
              + "\\.?(:\\d+)?");

  /** The longest authority; a longer repetition would exhaust the stack. */
  private static final int LONGEST_AUTHORITY = 512;

  /**
   * Determines the columns.
   *
   * @param wanted the name or number of the column with the URLs, null for the default
   * @throws IOException if there is no such column
   */
  static TableColumns of(List<String> first, @Nullable String wanted) throws IOException {
    List<String> cells = first.stream().map(NonUrlCharacters::trim).toList();
    if (wanted == null) {
      return usual(cells);
    }
    if (NUMBER.matcher(wanted).matches()) {
      return numbered(Integer.parseInt(wanted) - 1, cells);
    }
    int url = named(wanted, cells);
    if (url < 0) {
      throw new IOException("no column is named '" + wanted + "'; " + called(cells));
    }
    return new TableColumns(url, true, unique(cells));
  }

  /**
   * The columns of a table whose first row has their names.
   *
   * @throws NoSuchColumnException if a name in the template is not among them
   */
  static TableColumns of(List<String> first, UrlTemplate template) throws NoSuchColumnException {
    List<String> cells = first.stream().map(NonUrlCharacters::trim).toList();
    TableColumns columns = new TableColumns(-1, true, unique(cells));
    for (String name : template.names()) {
      if (!columns.names().contains(name)) {
        throw new NoSuchColumnException(
            "--url-template: no column is named '" + name + "'; " + called(cells));
      }
    }
    return columns;
  }

  /** Thrown if a table has no column of the name in an option. */
  static final class NoSuchColumnException extends IOException {
    private static final long serialVersionUID = 1;

    private NoSuchColumnException(String message) {
      super(message);
    }
  }

  private static TableColumns numbered(int url, List<String> cells) throws IOException {
    if (url >= cells.size()) {
      throw new IOException(
          "there is no column " + (url + 1) + ": the first row has " + cells.size());
    }
    return of(url, !isUrl(cells.get(url)), cells);
  }

  private static TableColumns usual(List<String> cells) throws IOException {
    for (String name : USUAL) {
      int url = named(name, cells);
      if (url >= 0) {
        return new TableColumns(url, true, unique(cells));
      }
    }
    int url = firstUrl(cells);
    if (url >= 0) {
      return of(url, false, cells);
    }
    if (cells.size() > 1) {
      throw new IOException("no column is named url; set --url-column; " + called(cells));
    }
    if (cells.getFirst().indexOf(';') >= 0 || cells.getFirst().indexOf('\t') >= 0) {
      throw new IOException("its first row has one cell; the separator may be a different one");
    }
    return new TableColumns(0, true, unique(cells));
  }

  private static TableColumns of(int url, boolean header, List<String> cells) {
    List<String> names = header ? cells : cells.stream().map(_ -> "").toList();
    return new TableColumns(url, header, unique(names));
  }

  private static int named(String name, List<String> cells) {
    int exactly = cells.indexOf(name);
    return exactly >= 0 ? exactly : lowerCase(cells).indexOf(name.toLowerCase(Locale.ROOT));
  }

  private static List<String> lowerCase(List<String> cells) {
    return cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
  }

  private static int firstUrl(List<String> cells) {
    for (String cell : cells) {
      if (hasScheme(cell)) {
        return cells.indexOf(cell);
      }
    }
    for (String cell : cells) {
      if (isUrl(cell)) {
        return cells.indexOf(cell);
      }
    }
    return -1;
  }

  private static boolean hasScheme(String cell) {
    return cell.regionMatches(true, 0, "http://", 0, 7)
        || cell.regionMatches(true, 0, "https://", 0, 8);
  }

  /**
   * Whether a cell is a URL rather than a column name. When in doubt it is a URL, so that no entry
   * is lost.
   */
  private static boolean isUrl(String cell) {
    return hasScheme(cell) || isHost(cell);
  }

  private static boolean isHost(String cell) {
    int end = cell.startsWith("//") ? 2 : 0;
    while (end < cell.length() && "/?#".indexOf(cell.charAt(end)) < 0) {
      end++;
    }
    return end <= LONGEST_AUTHORITY && HOST.matcher(cell.substring(0, end)).matches();
  }

  private static List<String> unique(List<String> names) {
    List<String> unique = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).isEmpty() ? "column" + (i + 1) : names.get(i);
      String free = name;
      for (int n = 2; !used.add(free); n++) {
        free = name + "_" + n;
      }
      unique.add(free);
    }
    return List.copyOf(unique);
  }

  private static String called(List<String> cells) {
    return "its columns are " + Row.excerpt(String.join(", ", cells));
  }

  /** The columns other than the one with the URLs. */
  List<String> others() {
    List<String> others = new ArrayList<>(names);
    if (url >= 0) {
      others.remove(url);
    }
    return List.copyOf(others);
  }
}

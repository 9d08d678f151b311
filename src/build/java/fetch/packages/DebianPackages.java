package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the packages that files of this machine belong to. An image lists those it has parts of in
 * {@code /var/lib/dpkg/status.d}, for scanners.
 */
final class DebianPackages {
  private static final Path DPKG_QUERY = Path.of("/usr/bin/dpkg-query");

  private DebianPackages() {}

  /** Adds status and licence of each package; nothing on a Linux without dpkg. */
  static void note(Set<Path> files, Tree tree) throws IOException, InterruptedException {
    if (!Files.isExecutable(DPKG_QUERY)) {
      return;
    }
    Set<String> names = new TreeSet<>(Set.of("ca-certificates", "tzdata"));
    for (Path file : files) {
      names.add(owner(file));
    }
    for (String name : names) {
      tree.add("var/lib/dpkg/status.d/" + name, query("--status", name));
      tree.copy(
          "usr/share/doc/" + name + "/copyright", Path.of("/usr/share/doc", name, "copyright"));
    }
  }

  /** The package of a file. Its entry may have the path from before /lib was a link to /usr/lib. */
  private static String owner(Path file) throws IOException, InterruptedException {
    String path = file.toString();
    String search = path.startsWith("/usr/") ? "*" + path.substring("/usr".length()) : path;
    return query("--search", search).split("[:,]", 2)[0];
  }

  private static String query(String action, String what) throws IOException, InterruptedException {
    return Distribution.run(List.of(DPKG_QUERY.toString(), action, what));
  }
}

package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Collects the smallest root directory that fetch runs in, from the Linux that builds it: the C
 * library, the three programs that {@code bin/fetch} calls, certificates and time zones. No package
 * manager and no other command.
 */
final class RootFiles {
  /** The user that fetch runs as, like in distroless images. */
  static final int USER = 65532;

  static final String WORK = "work";

  /** The shell that runs {@code bin/fetch}, and the programs that it calls. */
  private static final List<String> PROGRAMS =
      List.of("/bin/sh", "/usr/bin/readlink", "/usr/bin/find");

  /** What ldd prints of a library, whose path may have spaces in it. */
  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^\\s+(?:\\S+ => )?(/.+) \\(0x[0-9a-f]+\\)$");

  private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

  /** The locale that bin/fetch sets. */
  private static final Path LOCALES = Path.of("/usr/lib/locale");

  private static final Path TIME_ZONES = Path.of("/usr/share/zoneinfo");

  private RootFiles() {}

  /**
   * Returns the files for a program with its Java runtime in this directory.
   *
   * @throws IOException also if this machine has no certificates or time zones
   */
  static Tree of(Path home) throws IOException, InterruptedException {
    Tree tree = new Tree();
    Set<Path> sources = new TreeSet<>();
    for (String program : PROGRAMS) {
      Path file = Path.of(program);
      tree.copy(program.substring(1), file);
      sources.add(file.toRealPath());
    }
    for (String library : libraries(home)) {
      tree.copy(library.substring(1), Path.of(library));
      sources.add(Path.of(library).toRealPath());
    }
    tree.copy(CERTIFICATES.toString().substring(1), CERTIFICATES);
    for (Path zone : timeZones()) {
      tree.copy(zone.toString().substring(1), zone);
    }
    for (String locale : List.of("C.utf8", "C.UTF-8")) {
      Path directory = LOCALES.resolve(locale);
      if (Files.isDirectory(directory)) {
        tree.copyAll(directory.toString().substring(1), directory);
        sources.add(directory.resolve("LC_CTYPE").toRealPath());
      }
    }
    accounts(tree);
    DebianPackages.note(sources, tree);
    return tree;
  }

  private static void accounts(Tree tree) {
    tree.add(
            "etc/passwd",
            """
            root:x:0:0:root:/root:/sbin/nologin
            nonroot:x:%1$d:%1$d:nonroot:/home/nonroot:/sbin/nologin
            """
                .formatted(USER))
        .add("etc/group", "root:x:0:\nnonroot:x:%d:\n".formatted(USER))
        .add("etc/nsswitch.conf", "hosts: files dns\n")
        .folder("tmp", 01777, 0)
        .folder(WORK, 0755, USER)
        .folder("home", 0755, 0)
        .folder("home/nonroot", 0700, USER);
  }

  /** The system libraries that the program and its Java runtime load. */
  private static Set<String> libraries(Path home) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    command.addAll(PROGRAMS);
    command.add(home.resolve("runtime/bin/java").toString());
    try (Stream<Path> files = Files.walk(home.resolve("runtime/lib"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".so")).forEach(command::add);
    }
    Set<String> libraries = new TreeSet<>();
    Matcher found = LIBRARY.matcher(Distribution.run(command));
    while (found.find()) {
      if (!found.group(1).contains(home.toString())) {
        libraries.add(found.group(1));
      }
    }
    return libraries;
  }

  /** The time zones, without their two copies in other forms. */
  private static List<Path> timeZones() throws IOException {
    try (Stream<Path> files = Files.walk(TIME_ZONES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(TIME_ZONES.resolve("right")))
          .filter(file -> !file.startsWith(TIME_ZONES.resolve("posix")))
          .toList();
    }
  }
}

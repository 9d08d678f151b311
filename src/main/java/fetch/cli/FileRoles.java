package fetch.cli;

import fetch.cli.options.CookieOptions;
import fetch.cli.options.HostSections;
import fetch.cli.options.NetworkOptions;
import fetch.cli.options.RequestOptions;
import fetch.cli.options.UsageException;
import fetch.file.FileIdentity;
import fetch.file.NumberedFiles;
import fetch.input.Source;
import fetch.output.ResultFiles;
import fetch.warc.Archive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no file of a run has conflicting roles. A file may be read in several roles, but a
 * file that is written must have no other role.
 */
final class FileRoles {
  private static final Path DEVICES = Path.of("/dev");
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
  private static final Path STANDARD_ERROR = Path.of("/dev/stderr");

  /**
   * One role.
   *
   * @param name of the option or stream
   * @param shown the role with the name of the file, for messages
   * @param stream whether it is a standard stream of the process
   * @param file null for devices and pipes, which writing cannot damage, and for a series
   * @param series the pattern of the names of files that are written one after another, else null
   */
  private record Use(
      String name,
      String shown,
      boolean stream,
      boolean writes,
      @Nullable FileIdentity file,
      @Nullable NumberedFiles series) {}

  private final List<Use> uses = new ArrayList<>();

  /**
   * Adds the output file.
   *
   * @param output null for standard output
   * @param mostBytes the size at which a new file starts
   */
  void writeOutput(@Nullable Path output, long mostBytes) {
    if (output == null) {
      addStream("standard output", true, STANDARD_OUTPUT);
      return;
    }
    if (output.startsWith(DEVICES)) {
      addStream("--output", true, output);
      return;
    }
    write("--output", output);
    if (mostBytes != ResultFiles.ONE_FILE) {
      NumberedFiles series = ResultFiles.series(output);
      addSeries("--output-max-size", series);
    }
  }

  /** Adds an archive and its index, null for none. */
  void writeArchive(@Nullable Path warc) {
    if (warc != null) {
      write("--warc", warc);
      Path index = Archive.index(warc);
      addFile("the index of --warc", "the index of --warc, " + index, true, index);
      addSeries("--warc", Archive.series(warc));
    }
  }

  /** Adds the file of joined results. */
  void writeResults(Path file) {
    if (!file.startsWith(DEVICES)) {
      write("--output", file);
    }
  }

  /** Adds results of an earlier run. */
  void readResults(Path file) {
    addFile("the results", "the results that are read, " + file, false, file);
  }

  /** Adds the lists. */
  void readSources(List<Source> sources) {
    for (Source source : sources) {
      switch (source) {
        case Source.ListFile(Path list) ->
            addFile("the list", "the list that is read, " + source.name(), false, list);
        case Source.StandardInput _ -> addStream("standard input", false, STANDARD_INPUT);
        case Source.BareUrl _, Source.RemoteList _ -> {}
      }
    }
  }

  /** Adds the files that requests read. */
  void readRequestFiles(RequestOptions request, NetworkOptions network) throws UsageException {
    read("--cacert", network.authoritiesFile());
    read("--cert", network.certificateFile());
    read("--key", network.keyFile());
    read("--pinnedpubkey", network.pinnedKeyFile());
    read("--unix-socket", network.socketFile());
    for (Path file : request.headerFiles()) {
      read("--header", file);
    }
    for (Path file : network.proxyHeaderFiles()) {
      read("--proxy-header", file);
    }
    for (Path file : request.dataFiles()) {
      read("--data", file);
    }
  }

  /** Adds the cookie files. The file to write may also be one of those to read. */
  void keepCookies(CookieOptions options) {
    Path jar = options.jar();
    write("--cookie-jar", jar);
    for (Path file : options.files()) {
      if (jar == null || !isSame(file, jar)) {
        read("--cookie", file);
      }
    }
  }

  private static boolean isSame(Path one, Path other) {
    FileIdentity first = FileIdentity.of(one);
    FileIdentity second = FileIdentity.of(other);
    return first != null && second != null && first.isSame(second);
  }

  /** Adds the certificates and keys of hosts. */
  void readCertificates(HostSections hosts) throws UsageException {
    for (Path file : hosts.files()) {
      read("--cert", file);
    }
  }

  /** Adds the files that contain options. */
  void readSettings(Set<String> settings) {
    for (String file : settings) {
      addFile("the settings", "the settings in " + file, false, Path.of(file));
    }
  }

  /** Adds a file to write, null for none. */
  void write(String option, @Nullable Path file) {
    if (file != null) {
      addFile(option, "the file of " + option + ", " + file, true, file);
    }
  }

  /** Adds a file to read, null for none. */
  void read(String option, @Nullable Path file) {
    if (file != null) {
      addFile(option, "the file of " + option + ", " + file, false, file);
    }
  }

  private void addFile(String name, String shown, boolean writes, Path file) {
    uses.add(new Use(name, shown, false, writes, FileIdentity.of(file), null));
  }

  private void addSeries(String name, NumberedFiles series) {
    String shown = "the files of " + name + ", " + series.get(1) + " and so on";
    uses.add(new Use(name, shown, false, true, null, series));
  }

  void writeStandardError() {
    addStream("standard error", true, STANDARD_ERROR);
  }

  private void addStream(String name, boolean writes, Path stream) {
    FileIdentity file = FileIdentity.of(stream);
    if (file != null && file.key() != null) {
      uses.add(new Use(name, name, true, writes, file, null));
    }
  }

  /** Rejects a file that is written and has another role. */
  void check() throws UsageException {
    for (int i = 0; i < uses.size(); i++) {
      for (int j = i + 1; j < uses.size(); j++) {
        check(uses.get(i), uses.get(j));
      }
    }
  }

  private static void check(Use one, Use other) throws UsageException {
    if ((!one.writes() && !other.writes()) || areStreams(one, other)) {
      return;
    }
    FileIdentity first = one.file();
    FileIdentity second = other.file();
    boolean same = first != null && second != null && first.isSame(second);
    if (same
        || isWithin(first, other.series())
        || isWithin(second, one.series())
        || (one.series() != null
            && other.series() != null
            && FileIdentity.overlap(one.series(), other.series()))) {
      throw one.writes() ? complaint(one, other) : complaint(other, one);
    }
  }

  /** {@code >log 2>&1} is allowed. */
  private static boolean areStreams(Use one, Use other) {
    return one.stream() && other.stream() && one.writes() && other.writes();
  }

  private static boolean isWithin(@Nullable FileIdentity file, @Nullable NumberedFiles series) {
    return file != null && series != null && file.isOneOf(series);
  }

  private static UsageException complaint(Use writing, Use other) {
    return new UsageException(
        writing.name() + ": it would write to " + other.shown() + "; use separate files");
  }

  /**
   * Returns a test whether a name below a directory is one of these files, which no body may
   * replace; null if none of them is there.
   */
  @Nullable Predicate<String> takenBelow(Path directory) {
    FileIdentity root = FileIdentity.of(directory);
    Set<String> names = new HashSet<>();
    List<Use> series = new ArrayList<>();
    for (Use use : uses) {
      if (use.series() != null) {
        series.add(use);
      } else if (root != null && use.file() != null) {
        addName(root.target(), use.file().entry(), names);
        addName(root.target(), use.file().target(), names);
      }
    }
    return names.isEmpty() && series.isEmpty()
        ? null
        : name -> names.contains(name) || isOfSeries(directory.resolve(name), series);
  }

  private static void addName(Path root, Path file, Set<String> names) {
    if (file.startsWith(root) && !file.equals(root)) {
      names.add(root.relativize(file).toString().replace('\\', '/'));
    }
  }

  private static boolean isOfSeries(Path file, List<Use> series) {
    String name = String.valueOf(file.getFileName());
    for (Use use : series) {
      NumberedFiles names = use.series();
      if (names != null && names.number(name) > 0 && isWithin(FileIdentity.of(file), names)) {
        return true;
      }
    }
    return false;
  }
}

package fetch.cli;

import fetch.Entry;
import fetch.cli.options.InputList;
import fetch.cli.options.IoMessages;
import fetch.compare.EntryListFile;
import fetch.compare.Reservoir;
import fetch.input.CompletedEntries;
import fetch.input.EntryReader;
import fetch.input.ListFetcher;
import fetch.input.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a list available for many runs, each of which reads it from the beginning. */
final class ComparedList {
  private final Path directory;

  /**
   * @param directory a private directory for copies, which may contain passwords
   */
  ComparedList(Path directory) {
    this.directory = directory;
  }

  /** The sources as arguments; copies sources that can be read only once, e.g. pipes. */
  List<String> whole(List<Source> sources) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (Source source : sources) {
      arguments.add(
          switch (source) {
            case Source.RemoteList(String url, _) -> "--list=" + url;
            case Source.BareUrl(String url) -> url;
            case Source.ListFile(Path file) when !Files.exists(file) || Files.isRegularFile(file) ->
                isOdd(file.toString()) ? "./" + file : file.toString();
            case Source.ListFile(Path file) ->
                copy(source, arguments.size() + "-" + file.getFileName());
            case Source.StandardInput _ -> copy(source, arguments.size() + "-");
          });
    }
    return arguments;
  }

  /** Whether a name would be parsed as an option or an argument file. */
  private static boolean isOdd(String name) {
    return name.startsWith("-") || name.startsWith("@");
  }

  /** Copies a source to a file whose extension names the format. */
  private String copy(Source source, String name) throws IOException {
    Path copy = directory.resolve(name);
    try (InputStream in = source.open(ListFetcher.NONE).bytes()) {
      Files.copy(in, copy);
    } catch (IOException e) {
      throw new IOException(source.name() + ": " + IoMessages.of(e), e);
    }
    return copy.toString();
  }

  /** Writes a random sample of this size. */
  List<String> sample(int size, InputList list) throws IOException {
    List<String> complaints = new ArrayList<>();
    Reservoir<Entry> sample = new Reservoir<>(size);
    try (EntryReader reader = list.reader(CompletedEntries.NOTHING, complaints::add)) {
      for (List<Entry> read = reader.next(); !read.isEmpty(); read = reader.next()) {
        read.forEach(sample::offer);
      }
    }
    if (!complaints.isEmpty()) {
      throw new IOException(complaints.getFirst());
    }
    EntryListFile written = EntryListFile.of(sample.kept());
    Path file = directory.resolve("sample" + written.extension());
    Files.write(file, written.lines());
    return List.of(file.toString());
  }
}

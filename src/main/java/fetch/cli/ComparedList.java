package fetch.cli;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.compare.Reservoir;
import fetch.http.HttpUrlParser;
import fetch.input.EntryParser;
import fetch.input.EntryReader;
import fetch.input.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts what is to be fetched where each of many runs can read it anew. */
final class ComparedList {
  private final Path directory;

  /**
   * @param directory for copies; it is nobody else's, as there may be passwords in them
   */
  ComparedList(Path directory) {
    this.directory = directory;
  }

  /** The sources as arguments; what can be read but once, such as a pipe, is copied. */
  List<String> whole(List<Source> sources) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (Source source : sources) {
      arguments.add(
          switch (source) {
            case Source.BareUrl(String url) -> url;
            case Source.ListFile(Path file) when !Files.exists(file) || Files.isRegularFile(file) ->
                file.toString();
            case Source.ListFile _, Source.StandardInput _ -> copy(source, arguments.size());
          });
    }
    return arguments;
  }

  private String copy(Source source, int number) throws IOException {
    Path copy = directory.resolve("list-" + number);
    try (InputStream in = source.open()) {
      Files.copy(in, copy);
    } catch (IOException e) {
      throw new IOException(source.name() + ": " + IoMessages.of(e), e);
    }
    return copy.toString();
  }

  /** A list of so many of their entries. */
  List<String> sample(int size, List<Source> sources, InputOptions options) throws IOException {
    List<String> complaints = new ArrayList<>();
    Reservoir<Entry> sample = new Reservoir<>(size);
    try (EntryReader reader =
        new EntryReader(
            sources,
            options.format(),
            new EntryParser(new HttpUrlParser()),
            options.limit(),
            options.shard(),
            complaints::add)) {
      for (List<Entry> read = reader.next(); !read.isEmpty(); read = reader.next()) {
        read.forEach(sample::offer);
      }
    }
    if (!complaints.isEmpty()) {
      throw new IOException(complaints.getFirst());
    }
    Path list = directory.resolve("sample");
    Files.write(list, sample.kept().stream().map(ComparedList::line).toList());
    return List.of(list.toString());
  }

  private static String line(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> request.target().location();
      case BadLine bad -> bad.input();
    };
  }
}

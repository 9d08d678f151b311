package fetch.cli;

import fetch.cli.options.InputList;
import fetch.input.CompletedEntries;
import fetch.input.EntryReader;
import fetch.input.Source;
import fetch.split.ShardFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts the entries of lists whose results are joined. */
final class ExpectedEntries {
  private ExpectedEntries() {}

  /**
   * How many entries lists have.
   *
   * @param lists files, whose extensions name their formats, and directories of {@code fetch split}
   * @throws IOException with the reason, if a list cannot be read completely
   */
  static long count(List<Path> lists) throws IOException {
    long entries = 0;
    for (Path list : lists) {
      for (Path file : Files.isDirectory(list) ? parts(list) : List.of(list)) {
        entries += count(file);
      }
    }
    return entries;
  }

  private static List<Path> parts(Path directory) throws IOException {
    List<Path> parts = ShardFiles.in(directory);
    if (parts.isEmpty()) {
      throw new IOException(directory + " has no parts of a list");
    }
    return parts;
  }

  private static long count(Path file) throws IOException {
    InputList list = InputList.of(new Source.ListFile(file));
    List<String> complaints = new ArrayList<>();
    long entries = 0;
    try (EntryReader reader = list.reader(CompletedEntries.NOTHING, complaints::add)) {
      for (long skipped = reader.skip(); skipped > 0; skipped = reader.skip()) {
        entries += skipped;
      }
    }
    if (!complaints.isEmpty()) {
      throw new IOException(complaints.getFirst());
    }
    return entries;
  }
}

package fetch.spark;

import fetch.Entry;
import fetch.input.Entries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The entries of a part of the list that have no record yet. For one thread. */
final class PartEntries implements Entries {
  private static final int AT_ONCE = 64;

  private final BufferedReader lines;
  private final EntryParsers parsers;
  private final PartChunks chunks;

  PartEntries(BufferedReader lines, EntryParsers parsers, PartChunks chunks) {
    this.lines = lines;
    this.parsers = parsers;
    this.chunks = chunks;
  }

  @Override
  public List<Entry> next() {
    List<Entry> entries = new ArrayList<>();
    try {
      String text = lines.readLine();
      while (text != null) {
        ListedLine line = ListedLine.decode(text);
        if (!chunks.has(line.urlnum())) {
          entries.add(parsers.parse(line));
        }
        text = entries.size() < AT_ONCE ? lines.readLine() : null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the list: " + e.getMessage(), e);
    }
    return entries;
  }

  @Override
  public long skip() {
    return 0;
  }

  @Override
  public boolean countable() {
    return false;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

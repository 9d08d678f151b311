package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.warc.IndexLine.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveIndexTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("a.cdxj");
  }

  private static IndexLine line(String key, int offset, String file) {
    Place place = new Place(offset, 10, file);
    return new IndexLine(key, "20260101120000", "http://" + key, null, 200, null, place);
  }

  /** Adds lines to a new index, and closes it. */
  private void write(IndexLine... lines) throws IOException {
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.startAfresh();
      for (IndexLine line : lines) {
        index.add(line);
      }
    }
  }

  private static String text(IndexLine... lines) {
    return String.join("", Stream.of(lines).map(IndexLine::text).toList());
  }

  @Test
  void findsEachLineByThePositionThatItGaveForIt() throws IOException {
    List<IndexLine> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add(line("k".repeat((i * 37) % 1100) + i, i, "a.warc"));
    }
    lines.add(10, line("long" + "k".repeat(100_000), 0, "a.warc"));
    lines.add(20, line("l".repeat(33_000), 0, "a.warc"));
    List<Long> positions = new ArrayList<>();
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.startAfresh();
      for (IndexLine line : lines) {
        positions.add(index.add(line));
        assertThat(index.at(positions.getFirst()) + "\n").isEqualTo(lines.getFirst().text());
      }
      for (int i = 0; i < lines.size(); i++) {
        assertThat(index.at(positions.get(i)) + "\n").isEqualTo(lines.get(i).text());
      }
    }
    assertThat(path()).hasContent(text(lines.toArray(IndexLine[]::new)));
  }

  @Test
  void findsTheLineAddedLast() throws IOException {
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.startAfresh();
      for (int i = 0; i < 1000; i++) {
        IndexLine line = line("key" + i, i, "a.warc");
        assertThat(index.at(index.add(line)) + "\n").isEqualTo(line.text());
      }
    }
  }

  @Test
  void keepsLinesInOrderThoughTheyFillItsBufferUnevenly() throws IOException {
    IndexLine[] lines = new IndexLine[60];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line("k".repeat(i * 997 % 30_000) + i, i, "a.warc");
    }
    write(lines);

    assertThat(path()).hasContent(text(lines));
  }

  @Test
  void hasLinesOnceItIsClosed() throws IOException {
    IndexLine line = line("a", 1, "a.warc");
    write(line);

    assertThat(path()).hasContent(line.text());
  }

  @Test
  void isNotCreatedUnlessItIsWrittenTo() throws IOException {
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      assertThat(index.ends()).isEmpty();
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void discardsWhatIsThereIfItStartsAfresh() throws IOException {
    write(line("a", 1, "a.warc"), line("b", 20, "a.warc"));
    IndexLine line = line("c", 3, "a.warc");
    write(line);

    assertThat(path()).hasContent(line.text());
  }

  @Test
  void saysWhereTheLastRecordOfEachFileEnds() throws IOException {
    write(line("a", 100, "a.warc"), line("b", 50, "a.warc"), line("c", 7, "b.warc"));
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      assertThat(index.ends()).isEqualTo(Map.of("a.warc", 110L, "b.warc", 17L));
    }
  }

  @Test
  void saysWhereItIsDamaged() throws IOException {
    String good = text(line("a", 1, "a.warc"), line("b", 2, "a.warc"));
    Files.writeString(path(), good + "bad\n" + good);
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      assertThatThrownBy(index::ends)
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("is damaged at byte " + good.length());
    }
  }

  @Test
  void goesOnAfterItsLastCompleteLine() throws IOException {
    IndexLine first = line("a", 1, "a.warc");
    IndexLine second = line("b", 2, "b.warc");
    IndexLine third = line("c", 3, "b.warc");
    Files.writeString(path(), first.text() + second.text() + "torn");
    Map<IndexLine, Long> taken = new HashMap<>();
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.goOn(Set.of(), taken::put);
      long position = index.add(third);
      assertThat(position).isEqualTo(text(first, second).length());
      assertThat(index.at(position) + "\n").isEqualTo(third.text());
    }
    assertThat(taken).isEqualTo(Map.of(first, 0L, second, (long) first.text().length()));
    assertThat(path()).hasContent(text(first, second, third));
  }

  @Test
  void dropsTheLinesOfFilesThatAreReadAgain() throws IOException {
    IndexLine[] lines = {line("a", 1, "a.warc"), line("b", 2, "b.warc"), line("c", 3, "a.warc")};
    IndexLine added = line("d", 4, "b.warc");
    write(lines);
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.goOn(Set.of("b.warc"), null);
      index.add(added);
    }
    assertThat(path()).hasContent(text(lines[0], lines[2], added));
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void failsIfItWasCutMeanwhile() throws IOException {
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.startAfresh();
      long first = index.add(line("a", 1, "a.warc"));
      long second = index.add(line("b", 2, "a.warc"));
      index.at(second);
      Files.writeString(path(), "a 20260101");
      assertThatThrownBy(() -> index.at(first))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("a.cdxj is not what was written to it");
      assertThatThrownBy(() -> index.at(second)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void isSortedAtTheEnd() throws IOException {
    IndexLine[] lines = {line("b", 1, "a.warc"), line("c", 2, "a.warc"), line("a", 3, "a.warc")};
    try (ArchiveIndex index = new ArchiveIndex(path())) {
      index.startAfresh();
      for (IndexLine line : lines) {
        index.add(line);
      }
      index.finish();
    }
    assertThat(path()).hasContent(text(lines[2], lines[0], lines[1]));
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}

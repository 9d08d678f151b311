package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.Eventually;
import fetch.FetchRequest;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EntryReaderTest {
  @TempDir private Path folder;

  private final List<String> complaints = new ArrayList<>();

  private EntryReader reader(long limit, Source... sources) {
    return new EntryReader(
        List.of(sources),
        new EntryParser(new HttpUrlParser()),
        limit,
        Shard.WHOLE,
        complaints::add);
  }

  private static List<Entry> readAll(EntryReader reader) {
    List<Entry> entries = new ArrayList<>();
    for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      entries.addAll(batch);
    }
    return entries;
  }

  private List<String> inputs(Source... sources) {
    return readAll(reader(Long.MAX_VALUE, sources)).stream().map(Entry::input).toList();
  }

  private Source file(String name, String text) throws IOException {
    return new Source.ListFile(Files.writeString(folder.resolve(name), text));
  }

  private static Source standardInput(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Source.StandardInput(new ByteArrayInputStream(bytes));
  }

  @Test
  void numbersTheEntriesOfAllSourcesThrough() throws IOException {
    EntryReader reader =
        reader(
            Long.MAX_VALUE,
            file("a", "# first\nh/1\n\nh/2"),
            standardInput("\uFEFFh/3\r\n"),
            new Source.BareUrl("http://h/4"));

    List<Entry> entries = readAll(reader);

    assertThat(entries).extracting(Entry::input).containsExactly("h/1", "h/2", "h/3", "http://h/4");
    assertThat(entries).extracting(Entry::urlnum).containsExactly(0L, 1L, 2L, 3L);
    assertThat(complaints).isEmpty();
  }

  @Test
  void countsLinesAnewInEachSource() throws IOException {
    List<Entry> entries = readAll(reader(Long.MAX_VALUE, file("a", "x\ny\n"), file("b", "\n%%\n")));

    assertThat(entries.getLast()).asString().contains("line 2 of " + folder.resolve("b"));
  }

  @Test
  void complainsOfAMissingFileAndReadsTheOthers() throws IOException {
    Path missing = folder.resolve("missing.txt");

    assertThat(inputs(file("a", "x"), new Source.ListFile(missing), file("b", "y")))
        .containsExactly("x", "y");
    assertThat(complaints)
        .singleElement()
        .asString()
        .startsWith(missing + ": no such file; a URL must begin with http://");
  }

  @Test
  void complainsOfADirectory() throws IOException {
    assertThat(inputs(new Source.ListFile(folder), file("b", "y"))).containsExactly("y");
    assertThat(complaints).containsExactly(folder + ": is a directory");
  }

  @Test
  void complainsOfAFileBelowAFile() throws IOException {
    file("a", "x");
    Path below = folder.resolve("a").resolve("b");

    assertThat(inputs(new Source.ListFile(below))).isEmpty();
    assertThat(complaints).hasSize(1);
    assertThat(complaints.getFirst()).startsWith(below + ": ").doesNotContain(below + ": " + below);
  }

  @Test
  void saysInWordsWhatAnExceptionSaysByItsType() throws IOException {
    BreakingStream locked = new BreakingStream("", new AccessDeniedException("somewhere"));

    assertThat(inputs(new Source.StandardInput(locked), file("b", "y"))).containsExactly("y");
    assertThat(complaints).containsExactly("standard input: permission denied");
  }

  @Test
  void keepsTheWholeLinesBeforeAReadErrorAndGoesOn() throws IOException {
    BreakingStream broken = new BreakingStream("x\ny\nhttp://exa");

    assertThat(inputs(new Source.StandardInput(broken), file("b", "z")))
        .containsExactly("x", "y", "z");
    assertThat(complaints).containsExactly("standard input: the disk has a hole here");
    assertThat(broken.closed()).isTrue();
  }

  @Test
  void keepsTheWholeLinesOfATruncatedGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes, 512, true)) {
      out.write("x\ny\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      out.write("http://example.org/".getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    byte[] truncated = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
    Path list = Files.write(folder.resolve("list.gz"), truncated);

    assertThat(inputs(new Source.ListFile(list))).containsExactly("x", "y");
    assertThat(complaints).hasSize(1);
    assertThat(complaints.getFirst()).startsWith(list + ": ");
  }

  @Test
  void stopsAtTheLimit() throws IOException {
    EntryReader reader = reader(3, file("a", "1\n#\n2\n"), file("b", "3\n4\n"));

    assertThat(readAll(reader)).extracting(Entry::input).containsExactly("1", "2", "3");
  }

  @Test
  void opensNothingWithALimitOfNone() {
    assertThat(readAll(reader(0, new Source.ListFile(folder.resolve("missing"))))).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void handsAnEntryOnWithoutWaitingForTheNext() throws Exception {
    PipedOutputStream pipe = new PipedOutputStream();
    EntryReader reader =
        reader(Long.MAX_VALUE, new Source.StandardInput(new PipedInputStream(pipe)));

    pipe.write("x\n# comment\n\nhttp://exa".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    assertThat(reader.next()).extracting(Entry::input).containsExactly("x");

    pipe.write("mple/\ny\nz\n".getBytes(StandardCharsets.UTF_8));
    pipe.close();
    assertThat(reader.next()).extracting(Entry::input).containsExactly("http://example/", "y", "z");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void waitsForTheFirstEntry() throws Exception {
    PipedOutputStream pipe = new PipedOutputStream();
    EntryReader reader =
        reader(Long.MAX_VALUE, new Source.StandardInput(new PipedInputStream(pipe)));
    List<Entry> read = new ArrayList<>();
    Thread reading = Thread.ofPlatform().daemon().start(() -> read.addAll(reader.next()));
    Eventually.holds("it waits", () -> reading.getState() == Thread.State.TIMED_WAITING);

    pipe.write("# only a comment\n\n".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    pipe.write("x\n".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    reading.join();

    assertThat(read).extracting(Entry::input).containsExactly("x");
    pipe.close();
  }

  @Test
  void readsAnEndlessListWithoutHoldingIt() {
    long entries = 200_000;
    byte[] line = "http://127.0.0.1:8080/\n".getBytes(StandardCharsets.UTF_8);
    EndlessStream endless = new EndlessStream(Long.MAX_VALUE, line);
    EntryReader reader = reader(Long.MAX_VALUE, new Source.StandardInput(endless));

    for (long read = 0; read < entries; ) {
      List<Entry> batch = reader.next();
      assertThat(batch).hasSizeBetween(1, 256).allMatch(FetchRequest.class::isInstance);
      read += batch.size();
      long ahead = endless.position() - read * line.length;
      assertThat(ahead).isLessThan(256 * 1024);
    }
  }

  @Test
  void countsWhatIsLeftOfFilesOnly() throws IOException {
    Source file = file("a", "x\ny\n");

    assertThat(reader(9, file, new Source.BareUrl("http://h/")).countable()).isTrue();
    assertThat(reader(9, file, standardInput("x")).countable()).isFalse();

    EntryReader reader = reader(9, standardInput("x\n"), file);
    reader.next();
    assertThat(reader.countable()).isFalse();
    reader.next();
    assertThat(reader.countable()).isTrue();
  }

  @Test
  void passesOverTheRestWithoutParsingIt() throws IOException {
    TargetParser unwilling =
        url -> {
          throw new AssertionError(url + " was parsed");
        };
    List<Source> sources = List.of(file("a", "x\n# no\n\ny\n"), file("b", "z\n".repeat(500)));
    EntryReader reader =
        new EntryReader(sources, new EntryParser(unwilling), 402, Shard.WHOLE, complaints::add);

    assertThat(reader.skip()).isEqualTo(256);
    assertThat(reader.skip()).isEqualTo(146);
    assertThat(reader.skip()).isZero();
  }

  @Test
  void closesEachSourceAtItsEnd() throws IOException {
    boolean[] closed = new boolean[1];
    InputStream stream =
        new ByteArrayInputStream("x\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    readAll(reader(9, new Source.StandardInput(stream)));

    assertThat(closed[0]).isTrue();
  }
}

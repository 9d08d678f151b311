package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EntryCounterTest {
  private static final String LIST =
      "\uFEFF# a comment\r\n\r\nhttp://h1/\r\n  \nnot a url\n#\n"
          + "h2/x\nh3/y\n".repeat(1000)
          + "h4";

  @TempDir private Path folder;

  private static EntryReader reader(long limit, String shard, Source... sources) {
    return new EntryReader(
        List.of(sources), new EntryParser(new HttpUrlParser()), limit, Shard.parse(shard), _ -> {});
  }

  private Source list() throws IOException {
    return new Source.ListFile(Files.writeString(folder.resolve("list"), LIST));
  }

  private Source compressedList() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(LIST.getBytes(StandardCharsets.UTF_8));
    }
    return new Source.ListFile(Files.write(folder.resolve("list.gz"), bytes.toByteArray()));
  }

  private static long counted(EntryReader reader) {
    EntryCounter total = new EntryCounter(reader);
    assertThat(total.entries()).isEmpty();
    total.run();
    return total.entries().orElseThrow();
  }

  private static long read(EntryReader reader) {
    long entries = 0;
    for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      entries += batch.size();
    }
    return entries;
  }

  @Test
  void countsWhatAskForSomething() throws IOException {
    assertThat(counted(reader(Long.MAX_VALUE, "1/1", list()))).isEqualTo(2003);
    assertThat(counted(reader(Long.MAX_VALUE, "1/1", compressedList()))).isEqualTo(2003);
  }

  @ParameterizedTest
  @CsvSource({"10000, 1/1", "1500, 1/1", "0, 1/1", "10000, 1/3", "10000, 2/3", "3000, 3/3"})
  void countsWhatTheRunWillRead(long limit, String shard) throws IOException {
    Source[] sources = {
      list(),
      new Source.BareUrl("http://h5/"),
      new Source.ListFile(folder.resolve("missing")),
      compressedList()
    };

    assertThat(counted(reader(limit, shard, sources)))
        .isEqualTo(read(reader(limit, shard, sources)));
  }

  @Test
  void stopsWhenItIsToldTo() {
    Source endless =
        new Source.StandardInput(
            new EndlessStream(Long.MAX_VALUE, "h/\n".getBytes(StandardCharsets.UTF_8)));
    EntryCounter total = new EntryCounter(reader(Long.MAX_VALUE, "1/1", endless));

    total.stop();
    total.run();

    assertThat(total.entries()).isEmpty();
  }
}

package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSortTest {
  @TempDir Path folder;
  private final AtomicInteger files = new AtomicInteger();

  private List<String> sorted(String text, int mostBytes) throws IOException {
    Path to = folder.resolve("sorted");
    LineSort sort = new LineSort(() -> folder.resolve("run" + files.incrementAndGet()), mostBytes);
    try (FileChannel out =
        FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(0);
      sort.sort(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(to);
    }
    return Files.readAllLines(to);
  }

  @Test
  void goesByBytesAsTheToolsDo() throws IOException {
    assertThat(sorted("b\na b\n\u00e9\na)\na,b\nA\n\ud83d\ude00\n\uff5e\n", 1 << 20))
        .containsExactly("A", "a b", "a)", "a,b", "b", "\u00e9", "\uff5e", "\ud83d\ude00");
  }

  @Test
  void knowsEachLineOnce() throws IOException {
    assertThat(sorted("b\na\nb\nb\na\n", 2)).containsExactly("a", "b");
  }

  @Test
  void leavesOutWhatIsTorn() throws IOException {
    assertThat(sorted("b\na\nc", 1 << 20)).containsExactly("a", "b");
    assertThat(sorted("", 1 << 20)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 100_000, 100_000_000})
  void needsNoMoreMemoryThanItIsGiven(int mostBytes) throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add("x".repeat(random.nextInt(2000)) + i);
    }

    assertThat(sorted(String.join("\n", lines) + "\n", mostBytes))
        .isEqualTo(lines.stream().sorted().toList());
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import fetch.strategy.StrategyKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random bytes through the built program. Everything goes through a proxy on loopback, wherever a
 * line or a redirect leads. What fails here can be had again: the bytes depend on the seed alone.
 */
class FuzzIT {
  private static final long SEED = 20_261_128;

  @TempDir private Path directory;
  private final AtomicInteger requests = new AtomicInteger();

  /** Answers the n-th request with mutated bytes, then hangs up or goes on. */
  private RawServer server() throws IOException {
    List<byte[]> corpus = ResponseCorpus.all();
    return RawServer.start(connection -> {
      while (connection.readRequest() != null) {
        int n = requests.incrementAndGet();
        Random random = new Random(SEED + n);
        connection.send(Mutation.of(corpus.get(n % corpus.size()), random));
        if (random.nextInt(8) != 0) {
          return;
        }
      }
    });
  }

  private static Ended run(StrategyKind strategy, RawServer proxy, Path list) throws IOException {
    return Program.run(
        "-s" + strategy,
        "-w16",
        "-x",
        proxy.url("").replaceFirst("/$", ""),
        "--no-host-breaker",
        "--retry=0",
        "--max-redirs=3",
        "-m300ms",
        "--max-filesize=1m",
        "-fjsonl",
        "--fields=urlnum,error",
        list.toString());
  }

  private static void assertSurvived(Ended ended, int entries) {
    assertThat(ended.err()).doesNotContain("a bug in fetch");
    assertThat(ended.code()).isLessThan(2);
    assertThat(ended.records()).hasSize(entries).noneMatch(record -> record.contains("internal"));
  }

  @ParameterizedTest
  @EnumSource
  void survivesEveryResponse(StrategyKind strategy) throws IOException {
    int count = strategy == StrategyKind.SERIAL ? 600 : 6_500; // more than 20,000 in all
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      urls.add("http://host" + n % 50 + ".example/" + n);
    }
    Path list = Files.write(directory.resolve("list"), urls);

    try (RawServer server = server()) {
      assertSurvived(run(strategy, server, list), count);
      assertThat(requests.get()).isGreaterThanOrEqualTo(count);
    }
  }

  @ParameterizedTest
  @EnumSource
  void survivesEveryLine(StrategyKind strategy) throws IOException {
    Random random = new Random(SEED);
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    int entries = 0;
    int rounds = strategy == StrategyKind.SERIAL ? 1 : 5;
    for (int round = 0; round < rounds; round++) {
      for (byte[] line : lines()) {
        byte[] mutated = oneLine(Mutation.of(line, random));
        list.writeBytes(mutated);
        list.write('\n');
        entries += isEntry(mutated) ? 1 : 0;
      }
    }
    Path file = Files.write(directory.resolve("list"), list.toByteArray());

    try (RawServer server = server()) {
      assertSurvived(run(strategy, server, file), entries);
    }
  }

  private static List<byte[]> lines() throws IOException {
    try (InputStream in = FuzzIT.class.getResourceAsStream("/list-lines.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toList();
    }
  }

  /** The bytes without ends of lines, which would make several lines of one. */
  private static byte[] oneLine(byte[] bytes) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte b : bytes) {
      if (b != '\n' && b != '\r') {
        line.write(b);
      }
    }
    return line.toByteArray();
  }

  /** An entry is a line that is neither blank nor a comment. */
  private static boolean isEntry(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8).strip();
    return !text.isEmpty() && !text.startsWith("#");
  }

  @Test
  void hasFiftyResponsesAndTwoHundredLines() throws IOException {
    assertThat(ResponseCorpus.all()).hasSize(50);
    assertThat(lines()).hasSize(200);
  }
}

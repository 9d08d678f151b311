package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.ListCorpus;
import fetch.Mutations;
import fetch.http.RawServer;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random bytes through the built program. What leads away from loopback goes to a proxy there. What
 * fails here can be had again: the bytes depend on the seed alone.
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
        connection.send(new Mutations(SEED + n).of(corpus.get(n % corpus.size()), n % 5));
        if (n % 8 != 0) {
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
        proxy.url(""),
        "--noproxy=127.0.0.1",
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

    try (RawServer server = server()) {
      for (int n = 0; n < count; n++) {
        urls.add(server.url("/" + n));
      }
      Path list = Files.write(directory.resolve("list"), urls);
      assertSurvived(run(strategy, server, list), count);
      assertThat(requests.get()).isGreaterThanOrEqualTo(count);
    }
  }

  @ParameterizedTest
  @EnumSource
  void survivesEveryLine(StrategyKind strategy) throws IOException {
    byte[] lines = String.join("\n", ListCorpus.lines()).getBytes(StandardCharsets.UTF_8);
    Mutations mutations = new Mutations(SEED);
    Path list = Files.write(directory.resolve("list"), mutations.of(lines, 300));
    String counted = Program.run("--dry-run", list.toString()).out();

    try (RawServer server = server()) {
      assertSurvived(
          run(strategy, server, list), Integer.parseInt(counted.split(" entries?", 2)[0]));
    }
  }

  @Test
  void hasFiftyResponsesAndTwoHundredLines() {
    assertThat(ResponseCorpus.all()).hasSize(50);
    assertThat(ListCorpus.lines()).hasSize(200);
  }
}

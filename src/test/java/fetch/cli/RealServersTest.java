package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that close connections of HTTP/2 in good order, which is to cost no URL. */
@Timeout(120)
class RealServersTest {
  @TempDir private Path directory;

  private static String list(RealServer server, int count) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < count; i++) {
      list.append(server.url(i)).append('\n');
    }
    return list.toString();
  }

  private static Ended fetch(String list, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-k", "--http2", "--accept=410", "-f", "jsonl", "--retry-delay=10ms"));
    arguments.addAll(List.of(more));
    return InProcess.fetch(list, arguments.toArray(String[]::new));
  }

  /** Each was requested once, or as often as its record says. */
  private static void assertNoneIsLost(Ended ended, int count, RealServer server) throws Exception {
    server.stop();
    Map<String, Integer> log = server.log();
    List<String> lines = ended.out().lines().toList();
    assertThat(lines).hasSize(count);
    for (String line : lines) {
      JsonNode json = RecordSchema.parse(line);
      assertThat(json.get("ok").asBoolean()).as(line).isTrue();
      assertThat(log.get("/" + json.get("urlnum").asInt()))
          .as(line)
          .isBetween(1, 1 + json.get("num_retries").asInt());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NGINX, 1000, virtual, 16, 2500, GET",
    "NGINX, 1000, virtual, 100, 2500, GET",
    "NGINX, 100, serial, 1, 300, POST",
    "NGINX, 100, async, 100, 1000, POST",
    "NGINX, 3, pool, 16, 300, POST",
    "NGINX, 3, virtual, 100, 300, GET",
    "APACHE, 100, virtual, 16, 1000, POST",
    "APACHE, 3, async, 100, 300, GET"
  })
  void noUrlIsLostAtTheLimitOfAConnection(
      RealServer.Kind kind, int most, String strategy, String workers, int count, String method)
      throws Exception {
    try (RealServer server = RealServer.start(kind, directory, most)) {
      String list = list(server, count);
      Ended ended = fetch(list, "-s", strategy, "-w", workers, "-X", method, "--retry=0");
      assertNoneIsLost(ended, count, server);
    }
  }

  @ParameterizedTest
  @CsvSource({"NGINX, 16", "NGINX, 100", "APACHE, 16", "APACHE, 100"})
  void noUrlIsLostWhenTheServerIsReloaded(RealServer.Kind kind, String workers) throws Exception {
    try (RealServer server = RealServer.start(kind, directory, 1000)) {
      int count = 2500;
      String list = list(server, count);
      CompletableFuture<Ended> run =
          CompletableFuture.supplyAsync(() -> fetch(list, "-w", workers, "--retry=5"));
      CountDownLatch pause = new CountDownLatch(1);
      for (int i = 0; i < 4 && !pause.await(300, TimeUnit.MILLISECONDS) && !run.isDone(); i++) {
        server.reload();
      }
      assertNoneIsLost(run.join(), count, server);
    }
  }
}

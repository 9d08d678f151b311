package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits of the host that redirects lead to, and of hosts that limit how often they answer. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the many loopback addresses of Linux")
class HopsIT {
  private static final int HOSTS = 20;

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();
  private RawServer shorteners;

  @BeforeEach
  void open() throws IOException {
    shorteners =
        RawServer.startAt(
            InetAddress.ofLiteral("0.0.0.0"),
            0,
            connection -> {
              for (String head = connection.readRequest();
                  head != null;
                  head = connection.readRequest()) {
                connection.send(
                    "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                        + site.url(head.split(" ", 3)[1])
                        + "\r\n\r\n");
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    shorteners.close();
  }

  /** A URL at each of many hosts, all of which redirect to the same host. */
  private Path list(String path) throws IOException {
    List<String> urls = new ArrayList<>();
    for (int host = 1; host <= HOSTS; host++) {
      urls.add("http://127.0.3." + host + ":" + shorteners.port() + path + host);
    }
    return Files.write(directory.resolve("list"), urls);
  }

  @ParameterizedTest
  @EnumSource
  void keepTheLimitOfRequestsInFlight(StrategyKind strategy) throws IOException {
    Ended ended =
        Program.run(
            "-s" + strategy,
            "-w50",
            "--per-host=1",
            "--fields=response_code,num_redirects",
            "" + list("/after/20/"));

    assertThat(ended.records()).hasSize(HOSTS).containsOnly("200 1");
    assertThat(site.mostInFlight()).isEqualTo(1);
  }

  /** Forty requests at forty a second: the last one starts almost a second after the first. */
  @Test
  void countForTheRateOfTheRun() throws IOException {
    long start = System.nanoTime();
    Ended ended = Program.run("--rate=40/s", "--fields=response_code", "" + list("/"));

    assertThat(ended.records()).hasSize(HOSTS).containsOnly("200");
    assertThat(System.nanoTime() - start).isGreaterThan(39 * 25_000_000L);
  }

  /** A server that allows some requests a second and says when to come again. */
  private static RawServer limiting(int perSecond, int burst) throws IOException {
    class Bucket {
      private double tokens = burst;
      private long last = System.nanoTime();

      synchronized boolean allows() {
        long now = System.nanoTime();
        tokens = Math.min(burst, tokens + (now - last) * perSecond / 1e9);
        last = now;
        boolean allowed = tokens >= 1;
        tokens -= allowed ? 1 : 0;
        return allowed;
      }
    }
    Bucket bucket = new Bucket();
    return RawServer.start(connection -> {
      while (connection.readRequest() != null) {
        connection.send(
            bucket.allows()
                ? OK
                : "HTTP/1.1 429 Slow Down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
      }
    });
  }

  /** It takes some four seconds, as no server asks for less than one. */
  @Test
  void loseNothingToAServerThatLimitsHowOftenItAnswers() throws IOException {
    try (RawServer server = limiting(20, 5)) {
      List<String> urls = new ArrayList<>();
      for (int n = 0; n < 50; n++) {
        urls.add(server.url("/" + n));
      }
      Path list = Files.write(directory.resolve("list"), urls);

      Ended ended = Program.run("--fields=response_code", "" + list);

      assertThat(ended.records()).hasSize(50).containsOnly("200");
      assertThat(ended.code()).isZero();
    }
  }
}

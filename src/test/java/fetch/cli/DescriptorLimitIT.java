package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.FullBacklog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lack of file descriptors makes a run slower, and no URL fail. */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "limits file descriptors with ulimit and counts them in /proc")
class DescriptorLimitIT {
  private static final int URLS = 1000;

  /** More than there are descriptors for. */
  private static final int HOSTS = 80;

  private static final String COMPLAINT =
      "fetch: the limit of 64 open files leaves room for \\d+ workers, not 1000; raise"
          + " it with ulimit -n\n";

  @TempDir private Path directory;
  private final List<Site> sites = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    for (int host = 1; host <= HOSTS; host++) {
      sites.add(new Site("127.0.9." + host));
    }
  }

  @AfterEach
  void close() throws IOException {
    for (Site site : sites) {
      site.close();
    }
  }

  private Path list(IntFunction<String> url) {
    try {
      List<String> urls = IntStream.range(0, URLS).mapToObj(url).toList();
      return Files.write(directory.resolve("list"), urls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ofOneHost() {
    return list(n -> sites.getFirst().url("/" + n));
  }

  private Path ofManyHosts() {
    return list(n -> sites.get(n % HOSTS).url("/" + n));
  }

  /** Runs the program with no more than so many open files. */
  private static Ended within(int descriptors, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\""));
    command.add(Program.executable().toString());
    command.addAll(List.of(arguments));
    return Program.run(Program.builder(Path.of("/bin/sh"), command.toArray(String[]::new)));
  }

  private static Ended fetchAll(String strategy, Path list) throws IOException {
    return within(
        64,
        "-w1000",
        "-s",
        strategy,
        "--fields=urlnum,error",
        "-fcsv",
        "--retry=0",
        "--no-host-breaker",
        "" + list);
  }

  private static void assertAllFetched(Ended ended) {
    List<String> records = IntStream.range(0, URLS).mapToObj(n -> n + ",").toList();
    assertThat(ended.records().stream().skip(1)).containsExactlyInAnyOrderElementsOf(records);
    assertThat(ended.err()).matches(COMPLAINT + "1000 urls: 1000 ok, 0 failed; .*\n");
    assertThat(ended.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "pool", "async"})
  void fetchesAllOfOneHost(String strategy) throws IOException {
    assertAllFetched(fetchAll(strategy, ofOneHost()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "pool", "async"})
  void makesIdleConnectionsMakeRoomForThoseToOtherHosts(String strategy) throws IOException {
    assertAllFetched(fetchAll(strategy, ofManyHosts()));
  }

  /** Native TLS takes three a connection: few workers have it, and many have the JDK's. */
  @ParameterizedTest
  @ValueSource(ints = {4, 1000})
  void makesIdleConnectionsWithTlsMakeRoomToo(int workers) throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      HeldCertificate certificate = new HeldCertificate.Builder().build();
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      server.setDispatcher(new AlwaysFound());
      server.start(InetAddress.ofLiteral("0.0.0.0"), 0);
      int port = server.getPort();
      Path list = list(n -> "https://127.0.9." + (1 + n % HOSTS) + ":" + port + "/" + n);

      Ended ended = within(64, "-k", "-w" + workers, "--fields=error", "" + list);

      assertThat(ended.err()).contains("1000 urls: 1000 ok").doesNotContain("create");
      assertThat(ended.code()).isZero();
    }
  }

  /** Answers every request. */
  private static final class AlwaysFound extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder().body("ok").build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "pool", "async"})
  void keepsNoDescriptorOfAConnectThatFailed(String strategy) throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.8.1"))) {
      port = closed.getLocalPort();
    }

    Ended ended = fetchAll(strategy, list(n -> "http://127.0.8.1:" + port + "/" + n));

    assertThat(ended.err()).contains("1000 urls: 0 ok, 1000 failed (1000 connect)");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "pool", "async"})
  void keepsNoDescriptorOfAConnectionThatBroke(String strategy) throws IOException {
    Ended ended = fetchAll(strategy, list(n -> sites.get(n % HOSTS).url("/hangup")));

    assertThat(ended.err()).contains("1000 urls: 0 ok, 1000 failed (1000 empty_reply)");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "pool", "async"})
  void getsToTheSecondAddressesOfHostsWhoseFirstIsDead(String strategy) throws IOException {
    int port = sites.getFirst().port();
    try (FullBacklog _ = new FullBacklog(InetAddress.ofLiteral("127.0.8.2"), port)) {
      List<String> urls =
          IntStream.range(0, 50).mapToObj(n -> "http://h" + n + ".test:" + port + "/").toList();
      Path list = Files.write(directory.resolve("names"), urls);
      String addresses = "--resolve=*:" + port + ":127.0.8.2,127.0.9.1";

      Ended ended = within(64, "-w1000", "-s", strategy, addresses, "-m5", "" + list);

      assertThat(ended.err()).contains("\n50 urls: 50 ok, 0 failed; ");
    }
  }

  @Test
  void saysNothingWhenTheWorkersFit() throws IOException {
    Ended ended = within(96, "-w4", "--fields=error", "" + ofManyHosts());

    assertThat(ended.err()).startsWith("1000 urls: 1000 ok").hasLineCount(1);
    assertThat(ended.code()).isZero();
  }

  @Test
  void saysNothingWhenItIsToBeQuiet() throws IOException {
    Ended ended = within(64, "-q", "-w1000", "--fields=error", "" + ofManyHosts());

    assertThat(ended.records()).hasSize(URLS);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void getsByWithHardlyAnyDescriptors() throws IOException {
    Ended ended = within(38, "-w16", "--fields=error", "" + ofManyHosts());

    assertThat(ended.err()).contains("\n1000 urls: 1000 ok");
    assertThat(ended.code()).isZero();
  }

  @Test
  void saysWhatToRaiseWhenJavaItselfLacksThem() throws IOException {
    Ended ended = within(30, "-q", "" + ofOneHost());

    assertThat(ended.err())
        .contains("fetch: the limit of open files is too low to run; raise it with ulimit -n\n")
        .doesNotContain("bug");
  }

  /** Lets a running program open nothing more, or so much. */
  private static void limit(Program fetch, int descriptors) throws Exception {
    String command = "prlimit --pid " + fetch.pid() + " --nofile=" + descriptors + ":";
    assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor()).isZero();
  }

  private Program oneThatCanOpenNothingMore(String... arguments) throws Exception {
    Program fetch = Program.startUnread(Program.builder(Program.executable(), arguments));
    fetch.feed(sites.getFirst().url("/quick") + "\n");
    while (!fetch.readLine().contains("/quick")) {
      // The header comes first in some formats.
    }
    limit(fetch, 3);
    return fetch;
  }

  @Test
  void waitsForDescriptorsThatOthersHaveTaken() throws Exception {
    try (Program fetch = oneThatCanOpenNothingMore("-")) {
      fetch.feed(sites.getLast().url("/second") + "\n");
      assertThat(sites.getLast().anotherArrivesWithin(Duration.ofMillis(500))).isFalse();
      limit(fetch, 64);
      assertThat(fetch.readLine()).startsWith("200 ").endsWith("/second");
    }
  }

  @Test
  void blamesNoHostForDescriptorsThatStayAway() throws Exception {
    try (Program fetch =
        oneThatCanOpenNothingMore(
            "--connect-timeout=0.5", "-ftsv", "--fields=error,errormsg,url", "-")) {
      fetch.feed(sites.getLast().url("/") + "\n");
      assertThat(fetch.readLine()).startsWith("io\tno file descriptor was free within 0.5s\t");
    }
  }
}

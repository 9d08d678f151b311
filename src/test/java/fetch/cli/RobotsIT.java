package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built program obeys the robots.txt of several servers on loopback. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the many loopback addresses of Linux")
class RobotsIT {
  private static final String PRIVATE = "User-agent: *\nDisallow: /private/\n";
  private static final int EACH = 10;

  @TempDir private Path directory;
  private final List<MockWebServer> servers = new ArrayList<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    servers.forEach(MockWebServer::close);
  }

  /** Starts a server at an address of its own, and returns the URL of its root. */
  private String serve(MockResponse robotsTxt, boolean gated) throws IOException {
    String address = "127.0.2." + (1 + servers.size());
    MockWebServer server = new MockWebServer();
    servers.add(server);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            String path = request.getTarget();
            requests.add(address + path);
            if (path.equals("/robots.txt") && gated) {
              gate.await();
            }
            return path.equals("/robots.txt") ? robotsTxt : page(path);
          }
        });
    server.start(InetAddress.ofLiteral(address), 0);
    return "http://" + address + ":" + server.getPort();
  }

  private String serve(String robotsTxt) throws IOException {
    return serve(text(robotsTxt), false);
  }

  /** A page, a hop on the way to the fifth, or what is there; or a redirect to what follows. */
  private static MockResponse page(String path) {
    if (path.startsWith("/to/")) {
      return moved("http://" + path.substring("/to/".length()));
    }
    if (!path.startsWith("/hop/")) {
      return text("a page");
    }
    int hop = Integer.parseInt(path.substring("/hop/".length()));
    return hop == 5 ? text(PRIVATE) : moved("/hop/" + (hop + 1));
  }

  private static MockResponse text(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  private static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).body("sorry").build();
  }

  private static MockResponse moved(String location) {
    return new MockResponse.Builder().code(302).addHeader("Location", location).build();
  }

  /** Ten entries of each server, every other of them private, in turn. */
  private Path list(List<String> roots) throws IOException {
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < EACH; n++) {
      for (String root : roots) {
        urls.add(root + (n % 2 == 0 ? "/public/" : "/private/") + n);
      }
    }
    return Files.write(directory.resolve("list"), urls);
  }

  private long count(String request) {
    return requests.stream().filter(request::equals).count();
  }

  /** How many entries of each root came to which end. */
  private static Map<String, Map<String, Integer>> ends(Ended ended) {
    Map<String, Map<String, Integer>> ends = new HashMap<>();
    List<String> records = ended.records();
    for (String record : records.subList(1, records.size())) {
      String[] fields = record.split("\t", -1);
      String root = fields[0].substring(0, fields[0].indexOf('/', "http://".length()));
      ends.computeIfAbsent(root, _ -> new HashMap<>()).merge(fields[1], 1, Integer::sum);
    }
    return ends;
  }

  private static List<Integer> urlnums(Ended ended) {
    return ended.records().stream()
        .skip(1)
        .map(record -> Integer.valueOf(record.substring(1 + record.lastIndexOf('\t'))))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void obeysEachOriginsOwnRobotsTxt(StrategyKind strategy) throws IOException {
    String some = serve("what is this?\n\u001b[2J\n" + PRIVATE);
    String none = serve("User-agent: Fetch\nDisallow: /\n\nUser-agent: *\nAllow: /\n");
    String missing = serve(status(404), false);
    String broken = serve(status(503), false);
    String huge = serve(PRIVATE + "# filler\n".repeat(100_000) + "Disallow: /\n");
    String far = serve(moved(some + "/hop/1"), false);
    String gone = "http://127.0.2.99:1";
    Path list = list(List.of(some, none, missing, broken, huge, far, gone));

    Ended ended =
        Program.run(
            "-s" + strategy,
            "--robots",
            "--retry-delay=10ms",
            "-ftsv",
            "--fields=url,error,urlnum",
            list.toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(urlnums(ended)).containsExactlyElementsOf(IntStream.range(0, 70).boxed().toList());
    Map<String, Map<String, Integer>> ends = ends(ended);
    for (String root : List.of(some, huge, far)) {
      assertThat(ends.get(root)).as(root).isEqualTo(Map.of("", EACH / 2, "robots", EACH / 2));
    }
    for (String root : List.of(none, broken, gone)) {
      assertThat(ends.get(root)).as(root).isEqualTo(Map.of("robots", EACH));
    }
    assertThat(ends.get(missing)).isEqualTo(Map.of("", EACH));
    assertThat(ended.err()).contains("70 urls: 25 ok, 45 failed (45 robots); ");
    assertThat(requests).filteredOn(request -> request.contains("/private/")).hasSize(EACH / 2);
    for (MockWebServer server : servers) {
      String address = server.getSocketAddress().getAddress().getHostAddress();
      assertThat(count(address + "/robots.txt"))
          .as(address)
          .isEqualTo(broken.contains(address + ":") ? 3 : 1);
    }
  }

  /** Each list has one host only, and the others are met in redirects. */
  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void asksWhetherItMayGoWhereARedirectLeads(StrategyKind strategy) throws IOException {
    String some = serve(PRIVATE);
    String other = serve(PRIVATE).substring("http://".length());
    String broken = serve(status(503), false).substring("http://".length());
    String own = some.substring("http://".length());
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < EACH; n++) {
      urls.add(some + "/to/" + other + "/public/" + n);
      urls.add(some + "/to/" + other + "/private/" + n);
      urls.add(some + "/to/" + own + "/private/" + n);
      urls.add(some + "/to/" + other + "/to/" + broken + "/public/" + n);
    }
    Path list = Files.write(directory.resolve("list"), urls);

    Ended ended =
        Program.run(
            "-s" + strategy,
            "--robots",
            "--per-host=1",
            "--retry=1",
            "--retry-delay=10ms",
            "-ftsv",
            "--fields=error,response_code,num_redirects,num_retries,errormsg",
            list.toString());

    String refused = "redirected to a URL that may not be fetched: robots.txt ";
    assertThat(ended.records().stream().skip(1))
        .containsOnly(
            "\t200\t1\t0\t",
            "robots\t0\t1\t0\t" + refused + "disallows it",
            "robots\t0\t2\t0\t"
                + refused
                + "is unreachable, which disallows all: the server returned 503");
    assertThat(ended.err()).contains("40 urls: 10 ok, 30 failed (30 robots); ");
    assertThat(requests).noneMatch(request -> request.contains("/private/") && !isHop(request));
    assertThat(requests).noneMatch(request -> request.startsWith("127.0.2.3/public/"));
    assertThat(count("127.0.2.2/robots.txt")).isEqualTo(1);
  }

  private static boolean isHop(String request) {
    return request.contains("/to/");
  }

  @Test
  void fetchesFromOthersWhileARobotsTxtIsOnItsWay() throws IOException {
    String slow = serve(text(PRIVATE), true);
    String quick = serve(PRIVATE);
    ProcessBuilder builder =
        Program.builder(
            Program.executable(),
            "-w1000",
            "--robots",
            "-q",
            "--fields=url",
            list(List.of(slow, slow, quick)).toString());

    try (Program fetch = Program.startUnread(builder)) {
      for (int n = 0; n < EACH; n++) {
        assertThat(fetch.readLine()).startsWith(quick);
      }
      assertThat(requests).filteredOn(request -> request.startsWith("127.0.2.1/")).hasSize(1);
      gate.countDown();
      fetch.readOutput();
      assertThat(fetch.await().records())
          .hasSize(2 * EACH)
          .allMatch(record -> record.startsWith(slow));
    }
  }

  @Test
  void leavesTheCrawlDelayBetweenRequests() throws IOException {
    String root = serve("User-agent: *\nCrawl-delay: 0.7\n");
    List<String> urls = List.of(root + "/1", root + "/2", root + "/3");
    Path list = Files.write(directory.resolve("list"), urls);

    Ended ended = Program.run("--robots", "--fields=time_start", list.toString());

    List<Long> starts =
        ended.records().stream().map(record -> Instant.parse(record).toEpochMilli()).toList();
    assertThat(starts).hasSize(3);
    assertThat(starts.getLast() - starts.getFirst()).isBetween(1390L, 10_000L);
  }

  @Test
  void endsAtTheDeadlineWhileARobotsTxtIsOnItsWay() throws IOException {
    String slow = serve(text(PRIVATE), true);

    Ended ended = Program.run("--robots", "--deadline=1", list(List.of(slow)).toString());

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.records()).isEmpty();
    assertThat(ended.err()).contains("0 urls: ", "10 not reached");
  }

  /** The library costs a start nothing that does not need it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loadsWhatReadsRobotsTxtOnlyWhenThatIsObeyed(boolean robots) throws IOException {
    String root = serve(PRIVATE);
    Path log = directory.resolve("classes");
    ProcessBuilder builder =
        Program.builder(Program.executable(), robots ? "--robots" : "-q", root + "/public/1");
    builder.environment().put("FETCH_JAVA_OPTS", "-Xlog:class+load:file=" + log);

    assertThat(Program.run(builder).code()).isZero();

    List<String> ours =
        Files.readAllLines(log).stream()
            .filter(line -> line.contains(" crawlercommons.") || line.contains(" fetch.robots."))
            .toList();
    assertThat(ours.isEmpty()).as(ours.toString()).isEqualTo(!robots);
    assertThat(count("127.0.2.1/robots.txt")).isEqualTo(robots ? 1 : 0);
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.http.RawServer;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --get-on} does where a server refuses HEAD. */
@Timeout(60)
class GetOnTest {
  private static final String REFUSAL = "HTTP/1.1 405 No HEAD\r\nContent-Length: 5\r\n\r\n";
  private static final String MISSING = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  private static final String MEGABYTE = "x".repeat(1 << 20);

  private RawServer server;
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            connection.send(response(head.split(" ", 3)));
          }
        });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static String response(String... words) {
    boolean head = words[0].equals("HEAD");
    return switch (words[1]) {
      case "/page" -> head ? REFUSAL : ok("page");
      case "/big" -> head ? REFUSAL : ok(MEGABYTE);
      case "/chunked" -> head ? REFUSAL : chunked("page");
      case "/unending" -> head ? REFUSAL : "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab";
      case "/mangled" -> head ? REFUSAL : ok("\r\nContent-Encoding: gzip", "no gzip");
      case "/tag" -> head ? REFUSAL : ok("\r\nETag: \"1\"", "page");
      case "/moved" -> moved("/page");
      case "/late" -> head ? REFUSAL : moved("/fine");
      case "/fine" -> head ? ok("") : ok("fine");
      default -> MISSING;
    };
  }

  private static String ok(String body) {
    return ok("", body);
  }

  private static String ok(String field, String body) {
    return "HTTP/1.1 200 OK" + field + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String chunked(String body) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(body.length())
        + "\r\n"
        + body
        + "\r\n0\r\n\r\n";
  }

  private static String moved(String path) {
    return "HTTP/1.1 302 Found\r\nLocation: " + path + "\r\nContent-Length: 0\r\n\r\n";
  }

  private Ended fetch(String paths, String... options) {
    List<String> words = new ArrayList<>(List.of("-w1", "-fjsonl", "--get-on=403,405,501"));
    words.addAll(List.of(options));
    for (String path : paths.split(" ", -1)) {
      words.add(server.url(path));
    }
    return InProcess.fetch("", words.toArray(String[]::new));
  }

  private JsonNode record(String path, String... options) {
    Ended ended = fetch(path, options);
    assertThat(ended.records()).as(ended.err()).hasSize(1);
    assertThat(RecordSchema.violations(ended.records().getFirst())).isEmpty();
    return RecordSchema.parse(ended.records().getFirst());
  }

  private List<String> requests() {
    return server.requests().stream()
        .map(head -> head.substring(0, head.indexOf(" HTTP/")))
        .toList();
  }

  @Test
  void asksAgainAndNamesTheMethodThatWasAnswered() {
    JsonNode record = record("/page", "-I");

    assertThat(requests()).containsExactly("HEAD /page", "GET /page");
    assertThat(record.get("method").asText()).isEqualTo("GET");
    assertThat(record.get("ok").asBoolean()).isTrue();
    assertThat(record.get("response_code").asInt()).isEqualTo(200);
    assertThat(record.get("num_redirects").asInt()).isZero();
    assertThat(record.get("num_retries").asInt()).isZero();
    assertThat(record.get("url_effective").asText()).isEqualTo(server.url("/page"));
    assertThat(record.get("size_download").asInt()).isZero();
  }

  @Test
  void leavesOtherStatusesAndMethodsAlone() {
    assertThat(record("/fine", "-I").get("method").asText()).isEqualTo("HEAD");
    JsonNode missing = record("/missing", "-I");

    assertThat(missing.get("method").asText()).isEqualTo("HEAD");
    assertThat(missing.get("response_code").asInt()).isEqualTo(404);
    assertThat(requests()).containsExactly("HEAD /fine", "HEAD /missing");
  }

  @Test
  void followsRedirectsBeforeAndAfter() {
    JsonNode record = record("/moved", "-I", "--include-redirects");

    assertThat(requests()).containsExactly("HEAD /moved", "HEAD /page", "GET /page");
    assertThat(record.get("method").asText()).isEqualTo("GET");
    assertThat(record.get("num_redirects").asInt()).isEqualTo(1);
    assertThat(record.get("redirects")).hasSize(1);
    assertThat(record.get("url_effective").asText()).isEqualTo(server.url("/page"));

    JsonNode late = record("/late", "-I", "--include-redirects", "--max-redirs=1");

    assertThat(requests().subList(3, 6)).containsExactly("HEAD /late", "GET /late", "GET /fine");
    assertThat(late.get("num_redirects").asInt()).isEqualTo(1);
    assertThat(late.get("redirects").get(0).get("url").asText()).isEqualTo(server.url("/late"));
  }

  @Test
  void doesSoWhereRedirectsAreNotFollowed() {
    assertThat(record("/page", "-I", "--no-location").get("response_code").asInt()).isEqualTo(200);
  }

  @Test
  void keepsConnectionsAfterShortBodiesOnly() {
    fetch("/page /chunked /fine", "-I");
    assertThat(server.connections()).isEqualTo(1);

    fetch("/big /fine", "-I");
    assertThat(server.connections()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/unending", "/mangled", "/big"})
  void takesAResponseForWhatItsHeaderSays(String path) {
    JsonNode record = record(path, "-I", "--max-filesize=1k", "-m5", "--save=" + folder);

    assertThat(record.get("response_code").asInt()).isEqualTo(200);
    assertThat(record.get("ok").asBoolean()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesLongBodiesUnreadOverHttp2() throws IOException {
    try (MockWebServer http2 = new MockWebServer()) {
      http2.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      http2.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              boolean head = request.getMethod().equals("HEAD");
              MockResponse.Builder response = new MockResponse.Builder().code(head ? 405 : 200);
              return head ? response.build() : response.body(MEGABYTE).build();
            }
          });
      http2.start();
      String url = http2.url("/").toString();
      Ended ended =
          InProcess.fetch(
              "", "-I", "-w1", "--get-on=405", "--http2-prior-knowledge", "-fcsv", url, url);

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(ended.out()).contains(",GET,true,200,");
      assertThat(http2.getRequestCount()).isEqualTo(4);
    }
  }

  @Test
  void archivesBothResponses() throws IOException {
    Path archive = folder.resolve("a.warc");
    fetch("/page", "-I", "--warc=" + archive);

    String text = Files.readString(archive, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains("HTTP/1.1 405 No HEAD")
        .contains("HTTP/1.1 200 OK")
        .contains("\npage");
    assertThat(text).doesNotContain("WARC-Truncated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--resume", "--resume=match-input"})
  void letsAResumedRunKnowItsRecordsAgain(String resume) throws IOException {
    Path output = folder.resolve("o.jsonl");
    Path list = folder.resolve("l");
    Files.writeString(list, server.url("/page") + "\n" + server.url("/fine") + "\n");
    String[] words = {"-fjsonl", "-I", "--get-on=405", "-o", "" + output, resume, "" + list};
    InProcess.fetch("", words);
    Ended ended = InProcess.fetch("", words);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(requests()).hasSize(3);
  }

  @Test
  void comparesWithAnEarlierRunWhicheverMethodWasAnswered() throws IOException {
    Path before = folder.resolve("o.jsonl");
    fetch("/tag", "-I", "-o" + before);

    JsonNode record = record("/tag", "-I", "--since=" + before);

    assertThat(record.get("change").asText()).isEqualTo("same");
    assertThat(server.requests().getLast()).contains("If-None-Match: \"1\"");
  }

  @Test
  void isForEntriesWithTheMethodHeadToo() throws IOException {
    Path list = folder.resolve("l.jsonl");
    Files.writeString(list, "{\"url\":\"" + server.url("/page") + "\",\"method\":\"HEAD\"}\n");

    Ended ended = InProcess.fetch("", "-fjsonl", "--get-on=4xx", list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(requests()).containsExactly("HEAD /page", "GET /page");
    assertThat(InProcess.fetch("", "--get-on=405", "--no-entry-options", "" + list).code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void needsHead() {
    Ended ended = fetch("/page");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .contains("--get-on needs --head, or a list whose entries may have the method HEAD");
    assertThat(fetch("/page", "-X", "HEAD").code()).isZero();
  }

  @Test
  void waitsForItsTurnAtTheHost() {
    Ended ended = fetch("/page /page", "-I", "--per-host-rate=20/s");

    assertThat(ended.code()).isZero();
    JsonNode second = RecordSchema.parse(ended.records().get(1));
    assertThat(second.get("time_queue").asDouble()).isGreaterThan(0.04);
    assertThat(requests()).hasSize(4);
  }
}

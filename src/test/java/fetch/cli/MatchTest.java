package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.http.RawServer;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --match} and {@code --no-match} make of responses. */
@Timeout(60)
class MatchTest {
  private static final String SOFT = "<title>Page not found</title>\nWelcome";
  private static final int MEGABYTE = 1 << 20;

  private final MockWebServer server = new MockWebServer();
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            boolean known = request.getHeaders().get("If-None-Match") != null;
            return known
                ? new MockResponse.Builder().code(304).build()
                : response(request.getUrl().encodedPath());
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static MockResponse response(String path) {
    MockResponse.Builder response = new MockResponse.Builder();
    return switch (path) {
      case "/soft" -> response.body(SOFT).build();
      case "/gzip" -> response.setHeader("Content-Encoding", "gzip").body(gzip(SOFT)).build();
      case "/latin" -> text(response, "ISO-8859-1", "caf\u00e9 not found");
      case "/utf16" -> text(response, "UTF-16", "caf\u00e9 not found");
      case "/invalid" -> response.body(new Buffer().writeByte(0xff).writeUtf8("not found")).build();
      case "/404" -> response.code(404).body("Welcome").build();
      case "/moved" -> response.code(302).setHeader("Location", "/good").body(SOFT).build();
      case "/late" -> response.body("x".repeat(MEGABYTE - 4) + "late").build();
      case "/later" -> response.body("x".repeat(MEGABYTE - 3) + "late").build();
      case "/empty" -> response.build();
      case "/tagged" -> response.setHeader("ETag", "\"1\"").body("Welcome").build();
      default -> response.body("Welcome").build();
    };
  }

  private static MockResponse text(MockResponse.Builder response, String charset, String text) {
    byte[] bytes = text.getBytes(Charset.forName(charset));
    return response
        .setHeader("Content-Type", "text/html; charset=" + charset)
        .body(new Buffer().write(bytes))
        .build();
  }

  private static Buffer gzip(String text) {
    Buffer compressed = new Buffer();
    try (okio.BufferedSink sink = Okio.buffer(new GzipSink(compressed))) {
      sink.writeUtf8(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return compressed;
  }

  private String url(String path) {
    return server.url(path).toString();
  }

  private static Ended fetch(String url, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-fjsonl"));
    arguments.addAll(List.of(options));
    arguments.add(url);
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  private JsonNode record(String path, String... options) {
    Ended ended = fetch(url(path), options);
    assertThat(ended.records()).as(ended.err()).hasSize(1);
    assertThat(RecordSchema.violations(ended.records().getFirst())).isEmpty();
    return RecordSchema.parse(ended.records().getFirst());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(file -> "" + file.getFileName()).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/good,   --match=Welc+ome,          ",
    "/good,   --no-match=not found,      ",
    "/soft,   --no-match=not found,      match",
    "/soft,   --match=Welcome,           ",
    "/soft,   --match=(?m)^Welcome$,     ",
    "/soft,   --match=^Welcome,          match",
    "/soft,   --no-match=(?i)NOT FOUND,  match",
    "/soft,   --no-match=NOT FOUND,      ",
    "/gzip,   --no-match=not found,      match",
    "/latin,  --no-match=caf\u00e9 not,  match",
    "/utf16,  --no-match=caf\u00e9 not,  match",
    "/invalid, --no-match=not found,     match",
    "/404,    --match=nothing,           http_status",
    "/moved,  --no-match=not found,      ",
    "/empty,  --match=.,                 match",
    "/late,   --no-match=late,           match",
    "/later,  --no-match=late,           ",
    "/none,   --no-match=late,           ",
  })
  void decideWhetherAResponseIsOk(String path, String option, String error) {
    JsonNode record = record(path, option);

    assertThat(record.get("error").asText(null)).isEqualTo(error);
    assertThat(record.get("ok").asBoolean()).isEqualTo(error == null);
  }

  @Test
  void allHaveToHold() {
    String[] options = {"--match=Wel", "--match=come", "--no-match=a", "--no-match=b"};
    assertThat(record("/good", options).get("ok").asBoolean()).isTrue();
    options[1] = "--match=gone";
    assertThat(record("/good", options).get("errormsg").asText())
        .isEqualTo("the body does not match gone");
    options[1] = "--no-match=Welcome";
    assertThat(record("/good", options).get("errormsg").asText())
        .isEqualTo("the body matches Welcome");
  }

  @Test
  void failTheRunAndAreCountedButNotRetried() {
    Ended ended = fetch(url("/soft"), "--no-match=not found");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.err()).contains("1 failed (1 match)");
    assertThat(server.getRequestCount()).isEqualTo(1);
    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(record.get("exitcode").asInt()).isEqualTo(22);
    assertThat(record.get("response_code").asInt()).isEqualTo(200);
    assertThat(fetch(url("/soft"), "--no-match=found", "--fail-if=2").code()).isZero();
  }

  @Test
  void keepABodyThatDoesNotPassFromBeingSaved() throws IOException {
    String save = "--save=" + folder;
    JsonNode record = record("/soft", save, "--no-match=found", "--hash=md5", "--include-body");

    assertThat(files()).isEmpty();
    assertThat(record.get("filename_effective").isNull()).isTrue();
    assertThat(record.get("md5").asText()).hasSize(32);
    assertThat(record.get("body").asText()).isEqualTo(SOFT);
    assertThat(record.get("error").asText()).isEqualTo("match");
  }

  @Test
  void letItBeSavedWhereFailedOnesAre() throws IOException {
    JsonNode record = record("/soft", "--save=" + folder, "--save-failed", "--no-match=found");

    assertThat(files()).hasSize(1);
    assertThat(record.get("error").asText()).isEqualTo("match");
    assertThat(Path.of(record.get("filename_effective").asText())).hasContent(SOFT);
  }

  @Test
  void archiveEveryResponse() throws IOException {
    Path archive = folder.resolve("a.warc");
    JsonNode record = record("/soft", "--warc=" + archive, "--no-match=found");

    assertThat(record.get("error").asText()).isEqualTo("match");
    assertThat(record.get("filename_effective").asText()).isEqualTo(archive.toString());
    assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1)).contains(SOFT);
  }

  @Test
  void areTriedAgainByALaterRun() throws IOException {
    Path output = folder.resolve("o.jsonl");
    fetch(url("/soft"), "-o" + output, "--no-match=found");

    Ended ended = fetch(url("/soft"), "-o" + output, "--resume=retry-failed");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void seeTheWholeOfABodyThatIsContinued() throws IOException {
    String body = "not found" + "x".repeat(200_000);
    String head = "ETag: \"1\"\r\nContent-Length: ";
    String first = "HTTP/1.1 200 OK\r\n" + head + body.length() + "\r\n\r\n";
    try (RawServer cutting =
        RawServer.start(connection -> {
          String request = connection.readRequest();
          int from = Math.max(request.indexOf("bytes="), 0);
          if (from == 0) {
            connection.send(first + body.substring(0, 100_000));
            return;
          }
          String range = request.substring(from + 6, request.indexOf('-', from));
          String rest = body.substring(Integer.parseInt(range));
          String span = "bytes " + range + "-" + (body.length() - 1) + "/" + body.length();
          connection.send(
              "HTTP/1.1 206 Part\r\nContent-Range: "
                  + span
                  + "\r\n"
                  + head
                  + rest.length()
                  + "\r\n\r\n"
                  + rest);
        })) {
      String[] options = {"--save=" + folder, "--no-match=not found", "--retry=0"};
      assertThat(fetch(cutting.url("/"), options).out()).contains("\"partial\"");
      assertThat(files()).hasSize(1);

      JsonNode record = RecordSchema.parse(fetch(cutting.url("/"), options).records().getFirst());

      assertThat(record.get("response_code").asInt()).isEqualTo(206);
      assertThat(record.get("error").asText()).isEqualTo("match");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void leaveABodyAloneThatHasNotChanged() throws IOException {
    Path before = folder.resolve("o.jsonl");
    fetch(url("/tagged"), "-o" + before, "--match=Welcome");

    JsonNode record = record("/tagged", "--since=" + before, "--match=Welcome");

    assertThat(record.get("response_code").asInt()).isEqualTo(304);
    assertThat(record.get("ok").asBoolean()).isTrue();
    assertThat(record.get("change").asText()).isEqualTo("same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--match", "--no-match"})
  void areRefusedByNameWhenTheyAreNoExpressions(String option) {
    Ended ended = fetch(url("/good"), option + "=(a");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .contains("option '" + option + "'")
        .contains("'(a' is not a regular expression of RE2: missing closing )");
    assertThat(fetch(url("/good"), option + "=").code()).isEqualTo(ExitCode.USAGE);
    assertThat(fetch(url("/good"), option + "=a(?=b)").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void needBodies() {
    Ended ended = fetch(url("/good"), "-I", "--no-match=a");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--no-match needs bodies, and responses to HEAD have none");
  }

  @Test
  void leaveEntriesWithoutBodyAlone() throws IOException {
    Path list = folder.resolve("l.jsonl");
    Files.writeString(list, "{\"url\":\"" + url("/good") + "\",\"method\":\"HEAD\"}\n");

    assertThat(fetch(list.toString(), "--match=Welcome").code()).isZero();
  }

  @Test
  void takeTimeInProportionToTheBody() {
    JsonNode record = record("/later", "--match=(x+x+)+y", "-m20");

    assertThat(record.get("error").asText()).isEqualTo("match");
  }
}

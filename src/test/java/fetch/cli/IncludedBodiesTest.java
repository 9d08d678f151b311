package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in records. */
@Timeout(60)
class IncludedBodiesTest {
  private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
  private static final String TEXT = "one \"line\"\nand \u00e9 \u202e\u0001\\";

  private final MockWebServer server = new MockWebServer();
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return response(request.getUrl().encodedPath());
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
      case "/picture" -> response.body(new Buffer().write(PICTURE)).build();
      case "/gzip" -> response.setHeader("Content-Encoding", "gzip").body(gzip(TEXT)).build();
      case "/404" -> response.code(404).body("not here").build();
      case "/long" -> response.body("x".repeat(300 * 1024)).build();
      case "/moved" -> response.code(302).setHeader("Location", "/text").body("m").build();
      case "/empty" -> response.build();
      default -> response.setHeader("ETag", "\"1\"").body(TEXT).build();
    };
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

  private JsonNode record(String path, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-q", "-fjsonl", "--retry=0"));
    arguments.addAll(List.of(options));
    arguments.add(url(path));
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));
    assertThat(ended.records()).as(ended.err()).hasSize(1);
    return RecordSchema.parse(ended.records().getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/text", "/gzip", "/moved"})
  void areTheDecodedTextOfTheFinalResponse(String path) {
    JsonNode record = record(path, "--include-body");

    assertThat(record.get("body").asText()).isEqualTo(TEXT);
    assertThat(record.has("body_base64")).isFalse();
    assertThat(record.has("body_truncated")).isFalse();
    assertThat(RecordSchema.violations(record.toString())).isEmpty();
  }

  @Test
  void areInBase64WhereTheyAreNotText() {
    JsonNode record = record("/picture", "--include-body");

    assertThat(record.get("body").isNull()).isTrue();
    assertThat(Base64.getDecoder().decode(record.get("body_base64").asText())).isEqualTo(PICTURE);
    assertThat(RecordSchema.violations(record.toString())).isEmpty();
  }

  @Test
  void areCutAtTheSize() {
    assertThat(record("/long", "--include-body").get("body").asText()).hasSize(256 * 1024);
    JsonNode cut = record("/long", "--include-body=1k");
    assertThat(cut.get("body").asText()).hasSize(1024);
    assertThat(cut.get("body_truncated").asBoolean()).isTrue();
    assertThat(cut.get("size_delivered").asInt()).isEqualTo(300 * 1024);
    assertThat(record("/long", "--include-body=300k").has("body_truncated")).isFalse();
  }

  @Test
  void areInRecordsOfFailedStatuses() {
    JsonNode record = record("/404", "--include-body");

    assertThat(record.get("error").asText()).isEqualTo("http_status");
    assertThat(record.get("body").asText()).isEqualTo("not here");
  }

  @Test
  void areEmptyOrNullWhereThereIsNone() {
    assertThat(record("/empty", "--include-body").get("body").asText()).isEmpty();
    assertThat(record("/text", "--include-body", "-I").get("body").isNull()).isTrue();
  }

  @Test
  void goWhereverElseTheyAreWanted() throws IOException {
    JsonNode record = record("/text", "--include-body", "--save=" + folder, "--hash=md5");

    assertThat(record.get("body").asText()).isEqualTo(TEXT);
    assertThat(record.get("md5").asText()).hasSize(32);
    assertThat(Path.of(record.get("filename_effective").asText())).hasContent(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void doNotKeepARunFromBeingResumed(String format) throws IOException {
    Path list = folder.resolve("list");
    Files.writeString(list, url("/text") + "\n" + url("/picture") + "\n" + url("/long") + "\n");
    Path file = folder.resolve("r");
    String[] options = {"-f" + format, "-o" + file, "--resume", "--include-body=200k", "" + list};
    assertThat(InProcess.fetch("", options).code()).isZero();
    List<String> lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    Files.write(file, lines.subList(0, lines.size() - 1));

    Ended ended = InProcess.fetch("", options);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(Records.positions(file, format)).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void areRequestedWholeInAComparisonWithAnEarlierRun() throws IOException {
    Path before = folder.resolve("before");
    InProcess.fetch("", "-fjsonl", "-o" + before, "--include-body", url("/text"));

    JsonNode record = record("/text", "--since=" + before, "--include-body");

    assertThat(record.get("change").asText()).isEqualTo("same");
    assertThat(record.get("body").asText()).isEqualTo(TEXT);
  }

  @Test
  void areChosenByTheirFieldsToo() {
    JsonNode record = record("/picture", "--fields=url,body,body_base64,body_truncated");

    assertThat(record.get("body").isNull()).isTrue();
    assertThat(record.get("body_base64").asText()).isNotEmpty();
    assertThat(record.get("body_truncated").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "async", "serial"})
  void areInInputOrderWhereThatIsWanted(String strategy) throws IOException {
    Path list = folder.resolve("list");
    Files.writeString(list, (url("/text") + "\n" + url("/picture") + "\n").repeat(30));
    Ended ended =
        InProcess.fetch(
            "", "-s", strategy, "-w3", "-fjsonl", "--ordered", "--include-body", "" + list);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.records()).hasSize(60);
    for (int i = 0; i < 60; i++) {
      JsonNode record = RecordSchema.parse(ended.records().get(i));
      assertThat(record.get("urlnum").asInt()).isEqualTo(i);
      assertThat(record.has("body_base64")).isEqualTo(i % 2 == 1);
    }
  }

  @Test
  void areJsonOrOneCellInCsv() {
    Ended ended =
        InProcess.fetch(
            "",
            "-fcsv",
            "--fields=body,response_headers,redirects,body_base64,body_truncated",
            url("/moved"));

    String row = ended.records().get(1);
    assertThat(row)
        .startsWith("\"one \"\"line\"\"\\nand \u00e9 \\u202e\\x01\\\",\"{\"\"")
        .contains("\"\"ETag\"\":[\"\"\\\"\"1\\\"\"\"\"]", ",\"[{\"\"url\"\":\"\"")
        .endsWith("}]\",,false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--include-body=0", "--include-body=11m"})
  void keepMemoryBounded(String options) {
    List<String> arguments = new ArrayList<>(List.of("-fjsonl", url("/text")));
    arguments.addAll(List.of(options.split(" ")));
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--include-body");
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fetch.http.RawServer;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields and redirects in records. */
@Timeout(60)
class IncludedDetailsTest {
  private static final String END =
      "HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a:  two words \r\nx-b: \"2\"\tq\r\nContent-Length: 0\r\n"
          + "Set-Cookie: a=b\r\nSet-Cookie: c=d\r\nX-Name: caf\u00e9 \u202e\r\n\r\n";

  @TempDir private Path folder;
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            String path = head.split(" ", -1)[1];
            connection.send(
                response(path)
                    .getBytes(
                        path.equals("/latin")
                            ? StandardCharsets.ISO_8859_1
                            : StandardCharsets.UTF_8));
          }
        });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String response(String path) {
    return switch (path) {
      case "/1" -> moved(301, "/2");
      case "/2" -> moved(302, "http://me:secret@127.0.0.1:" + server.port() + "/3");
      case "/3" -> moved(307, "/end");
      case "/404" -> "HTTP/1.1 404 No\r\nX-Why: gone\r\nContent-Length: 0\r\n\r\n";
      case "/latin" -> "HTTP/1.1 200 OK\r\nX-Name: \u00e9\r\nContent-Length: 0\r\n\r\n";
      default -> END;
    };
  }

  private static String moved(int status, String location) {
    return "HTTP/1.1 " + status + " M\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private JsonNode record(String path, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-q", "-fjsonl", "--retry=0"));
    arguments.addAll(List.of(options));
    arguments.add(url(path));
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));
    assertThat(ended.records()).as(ended.err()).hasSize(1);
    return RecordSchema.parse(ended.records().getFirst());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void haveTheFieldsInTheOrderReceived() {
    JsonNode headers = record("/end", "--include-headers").get("response_headers");

    assertThat(names(headers))
        .containsExactly("X-B", "x-a", "Content-Length", "Set-Cookie", "X-Name");
    assertThat(headers.get("X-B")).hasToString("[\"1\",\"\\\"2\\\"\\tq\"]");
    assertThat(headers.get("x-a")).hasToString("[\"two words\"]");
    assertThat(headers.get("Set-Cookie")).hasToString("[\"a=b\",\"c=d\"]");
    assertThat(headers.get("X-Name").get(0).asText()).isEqualTo("caf\u00e9 \u202e");
  }

  @Test
  void areTakenForLatin1WhereTheyAreNotUtf8() {
    JsonNode record = record("/latin", "--include-headers");

    assertThat(record.at("/response_headers/X-Name/0").asText()).isEqualTo("\u00e9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-I", "-L", "-spool", "-sasync", "-sserial"})
  void areThoseOfTheFinalResponse(String option) {
    JsonNode record = record("/1", "--include-headers", option);

    assertThat(record.at("/response_headers/x-a/0").asText()).isEqualTo("two words");
    assertThat(record.get("response_headers").has("Location")).isFalse();
  }

  @Test
  void areInRecordsOfFailedEntries() {
    JsonNode record = record("/404", "--include-headers");

    assertThat(record.at("/response_headers/X-Why/0").asText()).isEqualTo("gone");
    assertThat(record.get("error").asText()).isEqualTo("http_status");
  }

  @Test
  void areNullWithoutAResponse() {
    Ended ended =
        InProcess.fetch("not a url\n", "-q", "-fjsonl", "--include-headers", "--include-redirects");
    JsonNode record = RecordSchema.parse(ended.records().getFirst());

    assertThat(record.get("response_headers").isNull()).isTrue();
    assertThat(record.get("redirects").isNull()).isTrue();
  }

  @Test
  void listEachRedirect() {
    JsonNode record = record("/1", "--include-redirects");
    JsonNode redirects = record.get("redirects");

    assertThat(redirects).hasSize(3);
    assertThat(redirects.findValuesAsText("url"))
        .containsExactly(url("/1"), url("/2"), "http://me:***@127.0.0.1:" + server.port() + "/3");
    assertThat(redirects.findValuesAsText("status")).containsExactly("301", "302", "307");
    assertThat(redirects.findValuesAsText("ip")).containsOnly("127.0.0.1");
    assertThat(redirects.findValues("seconds"))
        .allMatch(seconds -> seconds.asDouble() > 0 && seconds.asDouble() < 30);
    assertThat(record.get("num_redirects").asInt()).isEqualTo(3);
    assertThat(record("/end", "--include-redirects").get("redirects")).isEmpty();
  }

  @Test
  void listTheRedirectsBeforeAFailure() {
    JsonNode record = record("/1", "--include-redirects", "--max-redirs=1");

    assertThat(record.get("error").asText()).isEqualTo("too_many_redirects");
    assertThat(record.get("redirects").findValuesAsText("url")).containsExactly(url("/1"));
  }

  @Test
  void neverHavePasswords() {
    JsonNode record = record("/2", "--include-headers", "--include-redirects", "--no-location");

    assertThat(record.toString()).contains("http://me:***@").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv"})
  void areJsonInACellOfATable(String format) throws IOException {
    Path file = folder.resolve("r");
    Ended ended =
        InProcess.fetch(
            "", "-f" + format, "-o" + file, "--include-headers", "--include-redirects", url("/1"));
    assertThat(ended.code()).as(ended.err()).isZero();
    String text = Files.readString(file);
    char separator = format.equals("csv") ? ',' : '\t';
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .ofNamedCsvRecord(format.equals("tsv") ? text.replace("\\\\", "\\") : text)) {
      NamedCsvRecord row = reader.iterator().next();
      assertThat(RecordSchema.parse(row.getField("response_headers")).at("/X-B/1").asText())
          .isEqualTo("\"2\"\tq");
      assertThat(RecordSchema.parse(row.getField("redirects"))).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void doNotKeepARunFromBeingResumed(String format) throws IOException {
    Path list = folder.resolve("list");
    Files.writeString(list, url("/1") + "\n" + url("/404") + "\n" + url("/end") + "\n");
    Path file = folder.resolve("r");
    String[] options = {
      "-f" + format, "-o" + file, "--resume", "--include-headers", "--include-redirects", "" + list
    };
    InProcess.fetch("", options);
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(
        file,
        new String(whole, StandardCharsets.UTF_8)
            .lines()
            .limit(2)
            .reduce("", (a, b) -> a + b + "\n"));

    Ended ended = InProcess.fetch("", options);

    assertThat(ended.code()).as(ended.err()).isLessThan(2);
    assertThat(Records.positions(file, format)).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void doNotDisturbAComparisonWithAnEarlierRun() throws IOException {
    Path before = folder.resolve("before");
    InProcess.fetch(
        "", "-fjsonl", "-o" + before, "--include-headers", "--include-redirects", url("/1"));

    JsonNode record = record("/1", "--since=" + before, "--include-headers");

    assertThat(record.get("change").asText()).isEqualTo("same");
    assertThat(record.get("response_headers").isObject()).isTrue();
  }

  @Test
  void areChosenByTheirFieldsToo() {
    JsonNode record = record("/1", "--fields=urlnum,redirects,response_headers");

    assertThat(names(record)).containsExactly("urlnum", "redirects", "response_headers");
    assertThat(record.get("redirects")).hasSize(3);
    assertThat(record.get("response_headers").has("X-B")).isTrue();
  }

  @Test
  void needAFormatThatHasThem() {
    Ended ended = InProcess.fetch("", "--include-headers", url("/end"));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--include-headers needs --format=jsonl, csv or tsv");
  }
}

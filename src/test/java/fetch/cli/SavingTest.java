package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in files. */
@Timeout(120)
class SavingTest {
  private static final byte[] LARGE = random(3_000_001);

  private final MockWebServer server = new MockWebServer();
  @TempDir Path folder;

  /** Answers by the path: a status, a body of so many bytes, a body that breaks off, or itself. */
  private static final class Paths extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      MockResponse.Builder answer = new MockResponse.Builder();
      String path = request.getUrl().encodedPath();
      if (path.startsWith("/status/")) {
        return answer.code(Integer.parseInt(path.substring(8))).body("status").build();
      }
      return switch (path) {
        case "/empty" -> answer.build();
        case "/large" -> answer.body(new Buffer().write(LARGE)).build();
        case "/chunked" -> answer.chunkedBody(new Buffer().write(LARGE), 10_000).build();
        case "/gzip" -> gzip(answer);
        case "/broken" ->
            answer
                .body(new Buffer().write(LARGE))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        case "/moved" -> answer.code(302).body("moved").addHeader("Location", "/a").build();
        default -> answer.body(path).addHeader("Content-Type", "text/plain").build();
      };
    }

    private static MockResponse gzip(MockResponse.Builder answer) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(LARGE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Buffer body = new Buffer().write(bytes.toByteArray());
      return answer.body(body).addHeader("Content-Encoding", "gzip").build();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(new Paths());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private Path saved(String name) {
    return folder.resolve("127.0.0.1:" + server.getPort()).resolve(name);
  }

  private Ended save(List<String> urls, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--save", folder.toString(), "-f", "jsonl", "--retry", "0"));
    arguments.addAll(List.of(options));
    arguments.add("-");
    return InProcess.fetch(String.join("\n", urls), arguments.toArray(String[]::new));
  }

  private static JsonNode only(Ended ended) {
    assertThat(ended.records()).hasSize(1);
    return RecordSchema.parse(ended.records().getFirst());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void savesBodiesOfEveryKindWhole(String strategy) throws IOException {
    List<String> urls =
        Stream.of("/a", "/b/c.txt", "/empty", "/large", "/chunked", "/gzip", "/moved", "/")
            .map(this::url)
            .toList();

    Ended ended = save(urls, "-s", strategy);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(saved("a")).hasContent("/a");
    assertThat(saved("b/c.txt")).hasContent("/b/c.txt");
    assertThat(saved("empty")).isEmptyFile();
    assertThat(saved("large")).hasBinaryContent(LARGE);
    assertThat(saved("chunked")).hasBinaryContent(LARGE);
    assertThat(saved("gzip")).hasBinaryContent(LARGE);
    assertThat(saved("moved")).hasContent("/a");
    assertThat(saved("index.html")).hasContent("/");
    assertThat(files()).hasSize(urls.size());
    assertThat(ended.records())
        .allSatisfy(line ->
            assertThat(Path.of(RecordSchema.parse(line).get("filename_effective").asText()))
                .exists());
  }

  @Test
  void leavesNothingOfABodyThatIsNotWhole() throws IOException {
    JsonNode record = only(save(List.of(url("/broken"))));

    assertThat(record.get("ok").asBoolean()).isFalse();
    assertThat(record.get("filename_effective").isNull()).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test
  void leavesWhatWasThereWhenTheNewBodyIsNotWhole() throws IOException {
    Files.createDirectories(saved("broken").getParent());
    Files.writeString(saved("broken"), "before");

    save(List.of(url("/broken")));

    assertThat(saved("broken")).hasContent("before");
    assertThat(files()).hasSize(1);
  }

  @Test
  void savesFailedStatusesOnlyWhenAsked() throws IOException {
    List<String> urls = List.of(url("/status/404"), url("/status/500"));

    save(urls);
    assertThat(files()).isEmpty();

    save(urls, "--accept", "404");
    assertThat(files()).hasSize(1);

    save(urls, "--save-failed");
    assertThat(saved("status/404")).hasContent("status");
    assertThat(saved("status/500")).hasContent("status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-I", "--head"})
  void savesNothingOfHeaders(String option) throws IOException {
    JsonNode record = only(save(List.of(url("/a")), option));

    assertThat(record.get("ok").asBoolean()).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test
  void replacesWhatIsThere() throws IOException {
    Files.createDirectories(saved("a").getParent());
    Files.writeString(saved("a"), "something longer that was here before");

    save(List.of(url("/a")));

    assertThat(saved("a")).hasContent("/a");
  }

  @Test
  void hasRoomForAFileAndADirectoryOfOneName() throws IOException {
    for (List<String> paths :
        List.of(List.of("/a", "/a/b"), List.of("/x/y", "/x"), List.of("/p", "/p/q/r", "/p/"))) {
      List<String> urls = paths.stream().map(this::url).toList();
      List<String> first = filenames(save(urls, "-s", "serial"));
      List<String> again = filenames(save(urls.reversed(), "-s", "serial"));

      assertThat(first).doesNotHaveDuplicates().doesNotContainNull();
      assertThat(again.reversed()).isEqualTo(first);
      for (int i = 0; i < paths.size(); i++) {
        assertThat(Path.of(first.get(i))).hasContent(paths.get(i));
      }
    }
  }

  private static List<String> filenames(Ended ended) {
    return ended.records().stream()
        .map(line -> RecordSchema.parse(line).get("filename_effective").asText(null))
        .toList();
  }

  @Test
  void fetchesWhatIsThereAlreadyNoMore() throws IOException {
    List<String> urls = List.of(url("/a"), url("/b"), url("/a/c"), url("/a?x"));
    List<String> names = filenames(save(urls, "-s", "serial"));
    Files.delete(saved("b"));

    Ended ended = save(urls, "--skip-existing", "--ordered", "--rate", "1/h");

    assertThat(ended.code()).isZero();
    assertThat(server.getRequestCount()).isEqualTo(urls.size() + 1);
    assertThat(filenames(ended)).isEqualTo(names);
    assertThat(ended.records().stream().map(RecordSchema::parse).map(r -> r.get("response_code")))
        .extracting(JsonNode::asInt)
        .containsExactly(0, 200, 0, 0);
  }

  @Test
  void namesFilesByTheTemplate() throws IOException {
    save(List.of(url("/a"), url("/b.png")), "--save-as", "x/{urlnum:03}{ext}");

    assertThat(files()).containsExactly("x/000.txt", "x/001.png");
  }

  @Test
  void failsOnlyTheRecordOfABadPlace() throws IOException {
    Files.createDirectories(saved("a/x"));
    Path elsewhere = Path.of(filenames(save(List.of(url("/a")))).getFirst());
    Files.delete(elsewhere);
    Files.createDirectories(elsewhere.resolve("x"));

    Ended ended = save(List.of(url("/a"), url("/b")), "-s", "serial");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(record.get("error").asText()).isEqualTo("io");
    assertThat(record.get("exitcode").asInt()).isEqualTo(23);
    assertThat(record.get("errormsg").asText()).contains("could not be saved", "127.0.0.1");
    assertThat(saved("b")).hasContent("/b");
    assertThat(files()).hasSize(1);
  }

  @Test
  void endsBeforeItBeginsWhenNothingCanBeSaved() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    Ended ended =
        InProcess.fetch("", "--save", file.resolve("below").toString(), url("/a"), url("/b"));

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("file").hasLineCount(1);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void savesManyAtOnceUnderTheirOwnNames() throws IOException {
    List<String> urls = IntStream.range(0, 400).mapToObj(i -> url("/n/" + i)).toList();
    List<String> twice = new ArrayList<>(urls);
    twice.addAll(urls);

    Ended ended = save(twice, "-w", "64");

    assertThat(ended.code()).isZero();
    assertThat(files()).hasSize(urls.size());
    for (int i = 0; i < urls.size(); i++) {
      assertThat(saved("n/" + i)).hasContent("/n/" + i);
    }
  }

  @Test
  void changesNoRecordOfThoseWhoDoNotSave() {
    JsonNode record =
        RecordSchema.parse(InProcess.fetch("", "-f", "jsonl", url("/a")).records().getFirst());

    assertThat(record.has("filename_effective")).isFalse();
    assertThat(InProcess.fetch("", "-f", "csv", url("/a")).records().getFirst())
        .endsWith(",time_total");
  }

  @Test
  void putsTheNameAfterTheOtherFields() {
    assertThat(save(List.of(url("/a")), "-f", "csv").records().getFirst())
        .endsWith(",time_total,filename_effective");
    assertThat(save(List.of(url("/a")), "-f", "text").records().getFirst())
        .startsWith("200 2 ")
        .endsWith(url("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--skip-existing", "--save-failed"})
  void needsADirectory(String option) {
    Ended ended = InProcess.fetch("", option, url("/a"));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains(option + " needs --save");
  }

  @Test
  void refusesAWrongTemplate() {
    Ended ended = InProcess.fetch("", "--save-as", "{nothing}", url("/a"));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("there is no field {nothing}");
    assertThat(server.getRequestCount()).isZero();
  }
}

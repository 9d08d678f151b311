package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.cli.Pages.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are compared with the run before. */
@Timeout(60)
class SinceTest {
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  @TempDir Path folder;
  private Nights nights;
  private Pages pages;

  @BeforeEach
  void start() throws IOException {
    nights = new Nights(folder);
    pages = nights.pages();
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  private List<JsonNode> night(List<String> paths, String... options) throws IOException {
    return nights.next(paths, options);
  }

  private JsonNode night(String path, String... options) throws IOException {
    List<JsonNode> records = night(List.of(path), options);
    assertThat(records).hasSize(1);
    return records.getFirst();
  }

  private String change(String path, String... options) throws IOException {
    return change(night(path, options));
  }

  private static String change(JsonNode record) {
    return record.get("change").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void tellsWhatHasBecomeOfEachEntry(String strategy) throws IOException {
    pages.put("/tagged", Page.of("1", "ETag", "\"1\""));
    pages.put("/dated", Page.of("1", "Last-Modified", DATE));
    pages.put("/bare", Page.of("1"));
    pages.put("/edited", Page.of("1", "ETag", "\"1\""));
    pages.put("/removed", Page.of("1", "ETag", "\"1\""));
    pages.put("/broken", Page.of("1"));
    pages.put("/repaired", new Page(500, "oops", Headers.of()));
    List<String> paths =
        List.of("/tagged", "/dated", "/bare", "/edited", "/removed", "/broken", "/repaired");
    assertThat(night(paths, "-s", strategy)).extracting(SinceTest::change).containsOnly("new");

    pages.put("/edited", Page.of("2", "ETag", "\"2\""));
    pages.put("/removed", new Page(410, "gone", Headers.of()));
    pages.put("/broken", new Page(500, "oops", Headers.of()));
    pages.put("/repaired", Page.of("1"));
    pages.put("/added", Page.of("1"));
    List<String> more = new ArrayList<>(paths);
    more.add("/added");
    assertThat(night(more, "-s", strategy))
        .extracting(SinceTest::change)
        .containsExactly("same", "same", "same", "changed", "gone", "failed", "recovered", "new");
  }

  @Test
  void asksByBothValidatorsAndCarriesOverWhatA304Lacks() throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\"", "Last-Modified", DATE));
    JsonNode first = night("/a");
    assertThat(pages.conditions("/a")).isEmpty();
    pages.put("/a", new Page(304, "", Headers.of()));
    JsonNode second = night("/a", "--accept", "200");

    assertThat(pages.conditions("/a"))
        .isEqualTo(Map.of("If-None-Match", "\"1\"", "If-Modified-Since", DATE));
    assertThat(second.get("response_code").asInt()).isEqualTo(304);
    assertThat(second.get("ok").asBoolean()).isTrue();
    assertThat(change(second)).isEqualTo("same");
    for (String field : List.of("etag", "last_modified", "sha256")) {
      assertThat(second.get(field)).isEqualTo(first.get(field));
    }
    assertThat(change(night("/a", "--accept", "200"))).isEqualTo("same");
    assertThat(pages.conditions("/a")).hasSize(2);
  }

  @Test
  void takesWhatA304Says() throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\"", "Last-Modified", DATE));
    night("/a");
    pages.put("/a", new Page(304, "", Headers.of("ETag", "\"2\"")));
    JsonNode second = night("/a");

    assertThat(second.get("etag").asText()).isEqualTo("\"2\"");
    assertThat(second.get("last_modified").asText()).isEqualTo(DATE);
  }

  @Test
  void leavesA304AsItIsThatNobodyAskedFor() throws IOException {
    pages.put("/a", new Page(304, "", Headers.of()));

    assertThat(change("/a", "--accept", "200")).isEqualTo("new");
    JsonNode second = night("/a", "--accept", "200");
    assertThat(second.get("ok").asBoolean()).isFalse();
    assertThat(change(second)).isEqualTo("failed");
  }

  @Test
  void recoversWithoutAskingByWhatWasBefore() throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\""));
    night("/a");
    pages.put("/a", new Page(404, "no", Headers.of("ETag", "\"404\"")));
    assertThat(change("/a")).isEqualTo("gone");
    assertThat(change("/a")).isEqualTo("gone");
    pages.takeRequests("/a");
    pages.put("/a", Page.of("text", "ETag", "\"1\""));

    assertThat(change("/a")).isEqualTo("recovered");
    assertThat(pages.conditions("/a")).isEmpty();
    assertThat(change("/a")).isEqualTo("same");
    assertThat(pages.conditions("/a")).hasSize(1);
  }

  /** What is told by which evidence where the server ignores the condition. */
  @ParameterizedTest
  @CsvSource({
    "text, '\"1\"', , text, '\"2\"', , same",
    "text, '\"1\"', , other, '\"1\"', , changed",
    "text, , " + "'Sun, 06 Nov 1994 08:49:37 GMT', text, , 'Mon, 07 Nov 1994 08:49:37 GMT', same",
    "text, , , text, , , same",
    "text, , , test, , , changed"
  })
  void goesByTheHashWhereverThereIsOne(
      String body,
      String tag,
      String date,
      String bodyNow,
      String tagNow,
      String dateNow,
      String change)
      throws IOException {
    pages.ignoreConditions();
    put("/a", body, tag, date);
    night("/a");
    put("/a", bodyNow, tagNow, dateNow);

    assertThat(change("/a")).isEqualTo(change);
  }

  /** There is no body to a HEAD, and so no hash. */
  @ParameterizedTest
  @CsvSource({
    "'\"1\"', , 'W/\"1\"', , same",
    "'\"1\"', 'Sun, 06 Nov 1994 08:49:37 GMT', '\"2\"', 'Sun, 06 Nov 1994 08:49:37 GMT', changed",
    ", 'Sun, 06 Nov 1994 08:49:37 GMT', , 'Sun, 06 Nov 1994 08:49:37 GMT', same",
    ", 'Sun, 06 Nov 1994 08:49:37 GMT', , 'Mon, 07 Nov 1994 08:49:37 GMT', changed",
    "'\"1\"', , , , same"
  })
  void goesByTheBestThatThereIsElsewhere(
      String tag, String date, String tagNow, String dateNow, String change) throws IOException {
    pages.ignoreConditions();
    put("/a", "text", tag, date);
    JsonNode first = night("/a", "-I");
    put("/a", "other", tagNow, dateNow);

    assertThat(first.has("sha256")).isFalse();
    assertThat(change("/a", "-I")).isEqualTo(change);
  }

  private void put(String path, String body, String tag, String date) {
    Headers.Builder headers = new Headers.Builder();
    if (tag != null) {
      headers.add("ETag", tag);
    }
    if (date != null) {
      headers.add("Last-Modified", date);
    }
    pages.put(path, new Page(200, body, headers.build()));
  }

  @Test
  void comparesEachMethodWithItself() throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\""));
    night("/a");

    assertThat(change("/a", "-I")).isEqualTo("new");
    assertThat(change("/a", "-I")).isEqualTo("same");
    assertThat(change("/a", "-X", "POST")).isEqualTo("new");
    pages.takeRequests("/a");
    assertThat(change("/a", "-X", "POST")).isEqualTo("same");
    assertThat(pages.conditions("/a")).isEmpty();
  }

  @Test
  void takesThePlainRecordsOfARunWithoutIt() throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\""));
    pages.put("/b", Page.of("text"));
    List<String> paths = List.of("/a", "/b");
    Ended plain = nights.run(paths, "-f", "jsonl", "-o", nights.last().toString());
    assertThat(plain.code()).isZero();
    assertThat(Files.readAllLines(nights.last()))
        .first()
        .asString()
        .endsWith(",\"etag\":\"\\\"1\\\"\"}");
    assertThat(Files.readAllLines(nights.last()))
        .last()
        .asString()
        .doesNotContain("etag", "last_modified");

    assertThat(night(paths)).extracting(SinceTest::change).containsExactly("same", "same");
  }

  @Test
  void takesTheLastOfSeveralRecordsAndComparesEachEntry() throws IOException {
    pages.put("/a", Page.of("1"));
    night(List.of("/a", "/a"));
    List<String> lines = Files.readAllLines(nights.last());
    pages.put("/a", Page.of("2"));
    night("/a");
    Files.write(nights.last(), List.of(lines.getFirst(), Files.readString(nights.last()).strip()));

    assertThat(night(List.of("/a", "/a", "/b")))
        .extracting(SinceTest::change)
        .containsExactly("same", "same", "new");
  }

  @ParameterizedTest
  @CsvSource({
    "-H, If-None-Match: \"x\"",
    "-H, If-None-Match:",
    "-H, if-modified-since: " + DATE,
    "-r, 0-1"
  })
  void leavesConditionsToTheUser(String option, String value) throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\"", "Last-Modified", DATE));
    night("/a", option, value);
    Map<String, String> own = pages.conditions("/a");
    night("/a", option, value);

    assertThat(pages.conditions("/a")).isEqualTo(own);
  }

  /** What a server gave, or somebody wrote into the file, need not be good for a request. */
  @ParameterizedTest
  @ValueSource(strings = {"*", "abc", "\"a\\r\\nX: y\"", "\"a\", \"b\"", "\"\\u007f\"", ""})
  void sendsNothingThatIsNoEntityTag(String tag) throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\""));
    night("/a");
    pages.takeRequests("/a");
    String quoted = tag.replace("\"", "\\\"");
    Files.writeString(nights.last(), Files.readString(nights.last()).replace("\\\"1\\\"", quoted));
    assertThat(Files.readString(nights.last())).contains("\"etag\":\"" + quoted + "\"");

    assertThat(change("/a")).isEqualTo("same");
    assertThat(pages.conditions("/a")).isEmpty();
  }

  @Test
  void asksWhereRedirectsLedAndNowhereElse() throws IOException {
    pages.put("/old", new Page(302, "", Headers.of("Location", "/new", "ETag", "\"1\"")));
    pages.put("/new", Page.of("text", "ETag", "\"1\""));
    pages.put("/newer", Page.of("text", "ETag", "\"1\""));
    night("/old");
    pages.takeRequests("/old");
    pages.takeRequests("/new");
    JsonNode second = night("/old");

    assertThat(change(second)).isEqualTo("same");
    assertThat(second.get("response_code").asInt()).isEqualTo(304);
    assertThat(pages.conditions("/old")).isEmpty();
    assertThat(pages.conditions("/new")).isEqualTo(Map.of("If-None-Match", "\"1\""));

    pages.put("/old", new Page(302, "", Headers.of("Location", "/newer#top")));
    JsonNode third = night("/old");
    assertThat(change(third)).isEqualTo("same");
    assertThat(third.get("response_code").asInt()).isEqualTo(200);
    assertThat(pages.conditions("/newer")).isEmpty();
    night("/old");
    assertThat(pages.conditions("/newer")).hasSize(1);
  }

  @Test
  void asksOnConditionAgainWhenItTriesAgain() throws IOException {
    pages.put("/a", Page.of("text", "ETag", "\"1\""));
    night("/a");
    pages.takeRequests("/a");
    pages.put("/a", new Page(503, "busy", Headers.of("Retry-After", "0")));
    Ended ended =
        nights.since(List.of("/a"), "--retry", "2", "--retry-delay", "1ms", "-f", "jsonl");

    assertThat(ended.records()).singleElement().asString().endsWith("\"change\":\"failed\"}");
    assertThat(pages.takeRequests("/a"))
        .hasSize(3)
        .allMatch(request -> "\"1\"".equals(request.getHeaders().get("If-None-Match")));
  }

  @Test
  void asksForRobotsTxtAsEver() throws IOException {
    pages.put("/robots.txt", Page.of("User-agent: *\nDisallow: /b\n", "ETag", "\"1\""));
    pages.put("/a", Page.of("text", "ETag", "\"1\""));
    List<String> paths = List.of("/a", "/b", "/robots.txt");
    night(paths, "--robots");
    pages.takeRequests("/robots.txt");

    assertThat(night(paths, "--robots"))
        .extracting(SinceTest::change)
        .containsExactly("same", "failed", "same");
    assertThat(pages.takeRequests("/robots.txt"))
        .extracting(request -> request.getHeaders().get("If-None-Match"))
        .containsExactly(null, "\"1\"");
  }
}

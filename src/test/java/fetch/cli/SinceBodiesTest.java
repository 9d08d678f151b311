package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.cli.Pages.Page;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of bodies that are still the same. */
@Timeout(60)
class SinceBodiesTest {
  private static final List<String> PATHS = List.of("/same", "/changed", "/gone");

  @TempDir Path folder;
  private Nights nights;
  private Pages pages;

  @BeforeEach
  void start() throws IOException {
    nights = new Nights(folder);
    pages = nights.pages();
    pages.put("/same", Page.of("1", "ETag", "\"1\""));
    pages.put("/changed", Page.of("1", "ETag", "\"1\""));
    pages.put("/gone", Page.of("1"));
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  /** A night, and what is different from it. */
  private void firstNight(String... options) throws IOException {
    nights.next(PATHS, options);
    PATHS.forEach(pages::takeRequests);
    pages.put("/changed", Page.of("2", "ETag", "\"2\""));
    pages.put("/gone", new Page(404, "no", Headers.of()));
  }

  private static List<String> changes(List<JsonNode> records) {
    return records.stream().map(record -> record.get("change").asText()).toList();
  }

  @Test
  void namesTheEarlierFileOfABodyThatIsStillTheSame() throws IOException {
    String save = folder.resolve("out").toString();
    firstNight("--save", save);
    List<JsonNode> records = nights.next(PATHS, "--save", save);
    Path kept = Path.of(records.getFirst().get("filename_effective").asText());

    assertThat(changes(records)).containsExactly("same", "changed", "gone");
    assertThat(records.getFirst().get("response_code").asInt()).isEqualTo(304);
    assertThat(kept).hasContent("1");
    assertThat(Path.of(records.get(1).get("filename_effective").asText())).hasContent("2");
    pages.takeRequests("/same");

    Files.delete(kept);
    assertThat(changes(nights.next(PATHS, "--save", save)).getFirst()).isEqualTo("same");
    assertThat(pages.conditions("/same")).isEmpty();
    assertThat(kept).hasContent("1");
    nights.next(PATHS, "--save", folder.resolve("other").toString());
    assertThat(pages.conditions("/same")).isEmpty();
    nights.next(PATHS);
    assertThat(pages.conditions("/same")).hasSize(1);
  }

  /** A file that is another entry's tomorrow is not this one's. */
  @Test
  void leavesNoFileToAnotherEntry() throws IOException {
    String[] options = {"--save", folder.resolve("out").toString(), "--save-as", "{urlnum}{ext}"};
    List<String> eleven = new ArrayList<>(Collections.nCopies(10, "/changed"));
    eleven.add("/same");
    List<String> two = List.of("/changed", "/same");
    String first = nights.next(eleven, options).getLast().get("filename_effective").asText();
    pages.takeRequests("/same");
    String second = nights.next(two, options).getLast().get("filename_effective").asText();

    assertThat(first).endsWith("/10");
    assertThat(second).endsWith("/1");
    assertThat(pages.conditions("/same")).isEmpty();
    nights.next(two, options);
    assertThat(pages.conditions("/same")).hasSize(1);
  }

  /** Such as only the type of the answer tells. */
  @Test
  void knowsAFileWhateverItsExtension() throws IOException {
    String[] options = {"--save", folder.resolve("out").toString(), "--save-as", "{hash}{ext}"};
    pages.put("/same", Page.of("1", "ETag", "\"1\"", "Content-Type", "text/html"));
    nights.next(PATHS, options);
    pages.takeRequests("/same");
    String file = nights.next(PATHS, options).getFirst().get("filename_effective").asText();

    assertThat(pages.conditions("/same")).hasSize(1);
    assertThat(Path.of(file)).hasContent("1").hasExtension("html");
  }

  @Test
  void asksOnConditionForHeadersWhateverIsSaved() throws IOException {
    String[] options = {"-I", "--save", folder.resolve("out").toString(), "--hash", "md5"};
    firstNight(options);
    nights.next(PATHS, options);

    assertThat(pages.conditions("/same")).hasSize(1);
  }

  @Test
  void leavesAloneWhatIsThere() throws IOException {
    String save = folder.resolve("out").toString();
    firstNight("--save", save);
    List<JsonNode> first =
        Files.readAllLines(nights.last()).stream().map(RecordSchema::parse).toList();
    Ended ended =
        nights.since(PATHS, "--save", save, "--skip-existing", "-f", "jsonl", "--retry=0");
    JsonNode record = RecordSchema.parse(ended.records().getFirst());

    assertThat(pages.takeRequests("/changed")).isEmpty();
    assertThat(record.get("change").asText()).isEqualTo("same");
    assertThat(record.get("sha256")).isEqualTo(first.getFirst().get("sha256"));
    assertThat(record.get("etag")).isEqualTo(first.getFirst().get("etag"));
  }

  @Test
  void asksForAllWhereAHashIsWantedThatItDoesNotHave() throws IOException {
    firstNight();
    JsonNode record = nights.next(PATHS, "--hash", "md5").getFirst();
    assertThat(pages.conditions("/same")).isEmpty();
    assertThat(record.get("change").asText()).isEqualTo("same");

    JsonNode next = nights.next(PATHS, "--hash", "md5").getFirst();
    assertThat(pages.conditions("/same")).hasSize(1);
    assertThat(next.get("md5")).isEqualTo(record.get("md5"));
  }

  @Test
  void holdsBodiesToWhatTheListSaysOfThem() throws IOException {
    firstNight();
    String one =
        RecordSchema.parse(Files.readAllLines(nights.last()).getFirst()).get("sha256").asText();
    for (Map.Entry<String, Integer> said : Map.of(one, 1, "0".repeat(64), 0).entrySet()) {
      Path list = folder.resolve("list.csv");
      Files.writeString(list, "url,sha256\n" + nights.url("/same") + "," + said.getKey() + "\n");
      Ended ended =
          InProcess.fetch("", "-f", "jsonl", "--since", nights.last().toString(), list.toString());

      assertThat(pages.conditions("/same")).hasSize(said.getValue());
      assertThat(RecordSchema.parse(ended.records().getFirst()).get("change").asText())
          .isEqualTo(said.getValue() == 1 ? "same" : "failed");
    }
  }
}

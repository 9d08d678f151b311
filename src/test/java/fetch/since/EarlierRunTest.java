package fetch.since;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.Change;
import fetch.Changes;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.HashAlgorithm;
import fetch.Outcome;
import fetch.Precondition;
import fetch.Representation;
import fetch.Sample;
import fetch.SavedBody;
import fetch.Validators;
import fetch.input.CompletedEntries;
import fetch.input.ListChangedException;
import fetch.input.ListedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records of an earlier run mean for this one. */
class EarlierRunTest {
  private static final FetchRequest REQUEST = Sample.request(0);
  private static final String URL = REQUEST.target().url();
  private static final String SHA = "ab".repeat(32);

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("results.jsonl");
  }

  private EarlierRun run(String... records) throws IOException {
    return run("GET", (request, before) -> true, records);
  }

  private EarlierRun run(String method, EarlierRun.Bodies bodies, String... records)
      throws IOException {
    Files.writeString(file(), String.join("\n", records) + "\n");
    return EarlierRun.read(file(), method, bodies);
  }

  /** A record of the entry, with further fields. */
  private static String record(String input, String fields) {
    return "{\"input\":\"" + input + "\",\"method\":\"GET\",\"ok\":true" + fields + "}";
  }

  private static String of(String fields) {
    return record(REQUEST.input(), fields);
  }

  @Test
  void isEmptyIfThereIsNoFile() throws IOException {
    EarlierRun run = EarlierRun.read(file(), "GET", (request, before) -> true);

    assertThat(run.of(REQUEST)).isNull();
    assertThat(run.torn()).isFalse();
    assertThat(run.compared(Sample.ok(0)).change()).isEqualTo(Change.NEW);
  }

  @Test
  void requestsAnEntryAgainOnTheValidatorsOfItsRecord() throws IOException {
    EarlierRun run = run(of(",\"etag\":\"W/x\",\"last_modified\":\"" + Pasts.DATE + "\""));

    assertThat(run.of(REQUEST)).isEqualTo(new Precondition(URL, new Validators("W/x", Pasts.DATE)));
    assertThat(run.of(Sample.request(1))).isNull();
  }

  @Test
  void holdsTheConditionForTheUrlThatRedirectsLedToWithoutItsFragment() throws IOException {
    EarlierRun run =
        run(of(",\"url\":\"http://a/\",\"url_effective\":\"http://b/c#d\",\"etag\":\"x\""));

    assertThat(run.of(REQUEST))
        .isEqualTo(new Precondition("http://b/c", new Validators("x", null)));
  }

  @Test
  void makesNoConditionWithoutValidatorsOrAfterAFailure() throws IOException {
    assertThat(run(of("")).of(REQUEST)).isNull();
    String failed = of(",\"etag\":\"x\"").replace("true", "false");
    assertThat(run(failed).of(REQUEST)).isNull();
  }

  @Test
  void makesNoConditionIfTheBodyIsNotThereUnlessNoBodyIsWanted() throws IOException {
    String record = of(",\"etag\":\"x\",\"filename_effective\":\"out/a\"");
    EarlierRun.Bodies none =
        (request, before) -> {
          assertThat(before.file()).isEqualTo("out/a");
          return false;
        };

    assertThat(run("GET", none, record).of(REQUEST)).isNull();
    assertThat(run("HEAD", none, record.replace("GET", "HEAD")).of(REQUEST)).isNotNull();
  }

  @Test
  void keepsWhatIsKnownOfABodyThatIsStillTheSame() throws IOException {
    EarlierRun run =
        run(of(",\"etag\":\"x\",\"filename_effective\":\"out/a\",\"sha256\":\"" + SHA + "\""));
    Attempt attempt = Sample.attempt(REQUEST, new Outcome.Unchanged());

    FetchResult result = run.compared(new FetchResult(REQUEST, "GET", null, attempt, 0, 0));

    assertThat(result.change()).isEqualTo(Change.SAME);
    assertThat(result.representation())
        .isEqualTo(
            new Representation(
                new SavedBody("out/a", Map.of(HashAlgorithm.SHA256, SHA)),
                new Validators("x", null)));
  }

  @Test
  void keepsNothingOfABodyThatWasFetchedAgain() throws IOException {
    EarlierRun run = run(of(",\"filename_effective\":\"out/a\",\"response_code\":203"));

    FetchResult result = run.compared(Sample.ok(0));

    assertThat(result.change()).isEqualTo(Change.CHANGED);
    assertThat(result.representation().stored().file()).isNull();
  }

  @Test
  void knowsTheSameBodyByStatusSizeAndType() throws IOException {
    FetchResult now = Sample.ok(0);
    Attempt attempt = now.attempt();
    String same =
        ",\"response_code\":" + now.status() + ",\"size_delivered\":" + attempt.body().delivered();
    String type = attempt.response().contentType();
    String typed = type == null ? same : same + ",\"content_type\":\"" + type + "\"";

    assertThat(run(of(typed)).compared(now).change()).isEqualTo(Change.SAME);
    assertThat(run(of(typed.replace("delivered\":", "delivered\":9"))).compared(now).change())
        .isEqualTo(Change.CHANGED);
    String unreadable = typed.replaceFirst("delivered\":\\d+", "delivered\":\"x\"");
    assertThat(run(of(unreadable)).compared(now).change()).isEqualTo(Change.CHANGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "g", "/", ":", "`", "short", ""})
  void ignoresHashesThatFetchDoesNotWrite(String part) throws IOException {
    String digest = part.length() > 2 || part.isEmpty() ? part : part.repeat(64 / part.length());
    EarlierRun run = run(of(",\"etag\":\"x\",\"sha256\":\"" + digest + "\""));
    Attempt attempt = Sample.attempt(REQUEST, new Outcome.Unchanged());

    FetchResult result = run.compared(new FetchResult(REQUEST, "GET", null, attempt, 0, 0));

    assertThat(result.representation().stored().digests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "9", "a", "f"})
  void readsHashesOfAllDigits(String digit) throws IOException {
    EarlierRun run = run(of(",\"etag\":\"x\",\"sha256\":\"" + digit.repeat(64) + "\""));
    Attempt attempt = Sample.attempt(REQUEST, new Outcome.Unchanged());

    FetchResult result = run.compared(new FetchResult(REQUEST, "GET", null, attempt, 0, 0));

    assertThat(result.representation().stored().digests())
        .containsEntry(HashAlgorithm.SHA256, digit.repeat(64));
  }

  @Test
  void remembersThatAnEntryWasGoneAlready() throws IOException {
    String gone = of(",\"change\":\"gone\"").replace("true", "false");
    FetchResult now =
        new FetchResult(
            REQUEST,
            "GET",
            new FetchResult.Failure(FailureKind.HTTP_STATUS, "no"),
            Sample.responded(REQUEST, 404),
            0,
            0);

    assertThat(run(gone).compared(now).change()).isEqualTo(Change.GONE);
    assertThat(run(gone.replace("gone", "failed")).compared(now).change()).isEqualTo(Change.FAILED);
  }

  @Test
  void saysWhichLineIsNoRecordAndWhatItLacks() {
    assertThatThrownBy(() -> run(of(""), "{\"ok\":true}"))
        .hasMessage(file() + ": line 2 is not a record of fetch: it has no input");
    assertThatThrownBy(() -> run("{\"input\":\"a\"}"))
        .hasMessage(file() + ": line 1 is not a record of fetch: it has no ok");
    assertThatThrownBy(() -> run("input,ok"))
        .hasMessageStartingWith(file() + ": ")
        .hasMessageEndingWith("; --since reads what --format=jsonl writes");
  }

  @Test
  void readsAllButALastRecordThatIsCutOff() throws IOException {
    String whole = of(",\"etag\":\"x\"");
    Files.writeString(file(), whole + "\n" + whole.substring(0, 20));

    EarlierRun run = EarlierRun.read(file(), "GET", (request, before) -> true);

    assertThat(run.torn()).isTrue();
    assertThat(run.of(REQUEST)).isNotNull();
    assertThat(run(whole).torn()).isFalse();
  }

  @Test
  void countsTheChangesOfResults() throws IOException {
    EarlierRun run = run(of(""));
    run.count(run.compared(Sample.ok(1)));
    run.count(run.compared(Sample.ok(2)));
    run.count(Sample.ok(3));

    assertThat(run.changes().counts()).containsEntry(Change.NEW, 2L).containsEntry(Change.SAME, 0L);
    assertThat(run.changes().vanished()).isNull();
  }

  @Test
  void namesEntriesThatTheListNoLongerHas() throws IOException {
    EarlierRun run = run(record("a", ""), record("b", ""), record("c", ""));
    run.seeing(CompletedEntries.NOTHING).has(0, new ListedEntry("b"));

    assertThat(run.changes(null).vanished()).isEqualTo(new Changes.Vanished(2, List.of("a", "c")));
  }

  @Test
  void namesTenOfManyVanishedEntriesAndCountsAll() throws IOException {
    String[] records = new String[25];
    for (int n = 0; n < records.length; n++) {
      records[n] = record("u" + n, "");
    }
    Changes.Vanished all = run(records).changes(null).vanished();
    assertThat(all.count()).isEqualTo(25);
    assertThat(all.some()).hasSize(10).contains("u0", "u9");

    Changes.Vanished part = run(records).changes(input -> !input.equals("u0")).vanished();
    assertThat(part.count()).isEqualTo(24);
    assertThat(part.some()).hasSize(10).contains("u1", "u10");
  }

  @Test
  void namesNoneIfTheListHasAll() throws IOException {
    EarlierRun run = run(of(""));
    run.see(REQUEST);

    assertThat(run.changes(null).vanished()).isEqualTo(new Changes.Vanished(0, List.of()));
  }

  @Test
  void countsWithoutNamesOnceTheFileIsGone() throws IOException {
    EarlierRun run = run(record("a", ""));
    Files.delete(file());

    assertThat(run.changes(null).vanished()).isEqualTo(new Changes.Vanished(1, List.of()));
    assertThat(run.changes(input -> true).vanished()).isNull();
  }

  @Test
  void passesOnWhatTheJournalSays() throws Exception {
    ListChangedException changed = new ListChangedException("changed");
    CompletedEntries refusing =
        new CompletedEntries() {
          @Override
          public boolean has(long urlnum, ListedEntry entry) {
            return urlnum == 1;
          }

          @Override
          public void isNew(long urlnum) throws ListChangedException {
            throw changed;
          }

          @Override
          public boolean agrees() {
            return false;
          }

          @Override
          public void atEnd(long entries, boolean limited) throws ListChangedException {
            throw changed;
          }
        };
    CompletedEntries seeing = run(of("")).seeing(refusing);

    assertThat(seeing.has(0, new ListedEntry("a"))).isFalse();
    assertThat(seeing.has(1, new ListedEntry("a"))).isTrue();
    assertThat(seeing.agrees()).isFalse();
    assertThat(run(of("")).seeing(CompletedEntries.NOTHING).agrees()).isTrue();
    assertThatThrownBy(() -> seeing.isNew(0)).isSameAs(changed);
    assertThatThrownBy(() -> seeing.atEnd(0, false)).isSameAs(changed);
  }
}

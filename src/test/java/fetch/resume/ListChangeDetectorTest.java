package fetch.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.input.CompletedEntries;
import fetch.input.ListChangedException;
import fetch.input.ListedEntry;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.ResultFiles;
import fetch.output.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list is compared with the records of an earlier run. */
class ListChangeDetectorTest {
  private static final List<Field> FIELDS =
      List.of(Field.URLNUM, Field.INPUT, Field.METHOD, Field.OK);

  @TempDir private Path directory;

  /** Stays open: a journal reads its records again to say what has changed. */
  private ResultFiles files;

  private Path file() {
    return directory.resolve("results.csv");
  }

  /** Writes records of these entries and reads them as a journal. */
  private Journal journal(ResumeMode mode, boolean ordered, String... rows) throws IOException {
    Files.writeString(file(), "urlnum,input,method,ok\n" + String.join("\n", rows) + "\n");
    closeFiles();
    files =
        ResultFiles.open(
            file(), ResultFiles.ONE_FILE, OutputFormat.CSV, FIELDS, SyncMode.NEVER, true);
    return Journal.read(files, OutputFormat.CSV, FIELDS, "GET", mode, ordered, false);
  }

  @AfterEach
  void closeFiles() throws IOException {
    if (files != null) {
      files.close();
    }
  }

  private CompletedEntries earlier(String... rows) throws IOException {
    return journal(ResumeMode.CONTINUE, false, rows).earlier();
  }

  @Test
  void namesTheEntryThatIsNotWhatItsRecordSays() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true", "2,c,GET,true");
    earlier.has(0, new ListedEntry("a"));
    earlier.has(1, new ListedEntry("b"));

    assertThatThrownBy(() -> earlier.has(2, new ListedEntry("changed")))
        .isInstanceOf(ListChangedException.class)
        .hasMessage(
            "the list has changed: entry 2 is 'changed' but in "
                + file()
                + " it is 'c'; --resume=match-input matches entries by their text");
  }

  @Test
  void namesTheFirstOfSeveralChangedEntries() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true", "1,b,GET,true", "2,c,GET,true");
    earlier.has(0, new ListedEntry("a"));
    earlier.has(1, new ListedEntry("x"));

    assertThatThrownBy(() -> earlier.has(2, new ListedEntry("y"))).hasMessageContaining("entry 1");
  }

  @Test
  void namesTheMethodIfOnlyThatHasChanged() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true");

    assertThatThrownBy(() -> earlier.has(0, new ListedEntry("a", "PUT", null)))
        .hasMessageContaining("the list has changed: the method of entry 0 is 'PUT' but in")
        .hasMessageContaining("it is 'GET'");
  }

  @Test
  void takesTheMethodOfTheEntryBeforeThatOfTheRun() throws IOException {
    CompletedEntries earlier = earlier("0,a,PUT,true", "1,b,GET,true");

    assertThat(earlier.has(0, new ListedEntry("a", "PUT", null))).isTrue();
    assertThat(earlier.has(1, new ListedEntry("b"))).isTrue();
  }

  @Test
  void agreesOnlyOnceTheLastEntryWithARecordIsCompared() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true", "2,c,GET,true");

    earlier.has(0, new ListedEntry("a"));
    assertThat(earlier.agrees()).isFalse();
    earlier.has(1, new ListedEntry("b"));
    assertThat(earlier.agrees()).isFalse();
    earlier.has(2, new ListedEntry("c"));
    assertThat(earlier.agrees()).isTrue();
    earlier.has(3, new ListedEntry("d"));
    assertThat(earlier.agrees()).isTrue();
  }

  @Test
  void comparesALongListBlockByBlock() throws IOException {
    int last = 2 * RecordedPositions.BLOCK + 1;
    String[] rows = new String[last + 1];
    for (int n = 0; n <= last; n++) {
      rows[n] = n + ",u" + n + ",GET,true";
    }
    CompletedEntries same = earlier(rows);
    for (int n = 0; n <= last; n++) {
      assertThat(same.has(n, new ListedEntry("u" + n))).isTrue();
    }
    same.atEnd(last + 1, false);

    CompletedEntries other = earlier(rows);
    for (int n = 0; n < RecordedPositions.BLOCK - 1; n++) {
      other.has(n, new ListedEntry(n == 7 ? "changed" : "u" + n));
    }
    int end = RecordedPositions.BLOCK - 1;
    assertThatThrownBy(() -> other.has(end, new ListedEntry("u" + end)))
        .hasMessageContaining("entry 7 is 'changed'");
  }

  @Test
  void saysThatTheListEndsBeforeTheLastRecord() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true", "2,c,GET,true");
    earlier.has(0, new ListedEntry("a"));

    assertThatThrownBy(() -> earlier.atEnd(1, false))
        .hasMessage(
            "the list has changed: it ends after 1 entry, but "
                + file()
                + " has a record of entry 2");
  }

  @Test
  void comparesAllThatALimitedListHas() throws IOException {
    CompletedEntries same = earlier("0,a,GET,true", "2,c,GET,true");
    same.has(0, new ListedEntry("a"));
    assertThatCode(() -> same.atEnd(1, true)).doesNotThrowAnyException();

    CompletedEntries changed = earlier("0,a,GET,true", "2,c,GET,true");
    changed.has(0, new ListedEntry("x"));
    assertThatThrownBy(() -> changed.atEnd(1, true)).hasMessageContaining("entry 0 is 'x'");
  }

  @Test
  void acceptsAListThatEndsWithTheLastRecord() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true");
    earlier.has(0, new ListedEntry("a"));

    assertThatCode(() -> earlier.atEnd(1, false)).doesNotThrowAnyException();
  }

  @Test
  void refusesAGapOnlyWhenRecordsMustBeInOrder() throws IOException {
    String[] rows = {"0,a,GET,true", "2,c,GET,true"};
    CompletedEntries ordered = journal(ResumeMode.CONTINUE, true, rows).earlier();

    assertThatThrownBy(() -> ordered.isNew(1))
        .hasMessage(
            "entry 1 has no record in "
                + file()
                + ", but later entries have: resume without --ordered");
    assertThatCode(() -> ordered.isNew(3)).doesNotThrowAnyException();
    assertThatCode(() -> earlier(rows).isNew(1)).doesNotThrowAnyException();
  }

  @Test
  void refusesRecordsOutOfOrderOnlyWhenTheyMustBeInOrder() throws IOException {
    String[] rows = {"1,b,GET,true", "0,a,GET,true"};

    assertThatThrownBy(() -> journal(ResumeMode.CONTINUE, true, rows))
        .hasMessage(file() + ": the records are not in input order; resume without --ordered");
    assertThat(journal(ResumeMode.CONTINUE, false, rows).last()).isEqualTo(1);
  }

  @Test
  void ignoresRecordsThatAreToBeReplaced() throws IOException {
    Journal journal =
        journal(ResumeMode.RETRY_FAILED, false, "0,old,GET,false", "1,b,GET,true", "2,c,GET,true");
    assertThat(journal.kept()).isEqualTo(2);
    assertThat(journal.records()).isEqualTo(3);
    assertThat(journal.failed()).isEqualTo(1);
    assertThat(journal.keptOfFailed()).isZero();
    CompletedEntries earlier = journal.earlier();

    assertThat(earlier.has(0, new ListedEntry("new"))).isFalse();
    earlier.has(1, new ListedEntry("b"));
    assertThatThrownBy(() -> earlier.has(2, new ListedEntry("x")))
        .hasMessageContaining("entry 2 is 'x'");
  }

  @Test
  void keepsFailedRecordsUnlessTheyAreToBeReplaced() throws IOException {
    Journal journal = journal(ResumeMode.CONTINUE, false, "0,a,GET,false", "1,b,GET,true");

    assertThat(journal.kept()).isEqualTo(2);
    assertThat(journal.records()).isEqualTo(2);
    assertThat(journal.keptOfFailed()).isEqualTo(1);
  }

  @Test
  void countsRecordsMatchedByTextAndHoldsNoPositions() throws IOException {
    String[] rows = new String[3000];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = n + ",u" + n + ",GET,true";
    }
    Journal journal = journal(ResumeMode.MATCH_INPUT, false, rows);

    assertThat(journal.kept()).isEqualTo(3000);
    assertThat(journal.last()).isEqualTo(-1);
    CompletedEntries earlier = journal.earlier();
    assertThat(earlier.agrees()).isTrue();
    for (int n = rows.length - 1; n >= 0; n--) {
      assertThat(earlier.has(0, new ListedEntry("u" + n))).isTrue();
    }
    assertThat(earlier.has(0, new ListedEntry("u1"))).isFalse();
  }

  /** A part of a list leaves positions out. */
  @Test
  void comparesAListWithGaps() throws IOException {
    String[] rows = new String[100];
    for (int n = 0; n < 100; n++) {
      rows[n] = 37 * n + ",u" + n + ",GET,true";
    }
    CompletedEntries same = earlier(rows);
    for (int n = 0; n < 100; n++) {
      assertThat(same.has(37L * n, new ListedEntry("u" + n))).isTrue();
    }
    assertThat(same.agrees()).isTrue();

    CompletedEntries changed = earlier(rows);
    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 100; n++) {
                changed.has(37L * n, new ListedEntry(n == 50 ? "x" : "u" + n));
              }
            })
        .hasMessageContaining("entry 1850 is 'x'");
  }

  @Test
  void missesAnEntryInAGap() throws IOException {
    CompletedEntries earlier = earlier("0,a,GET,true", "700,b,GET,true", "2000,c,GET,true");
    earlier.has(0, new ListedEntry("a"));

    assertThatThrownBy(() -> earlier.has(2000, new ListedEntry("c")))
        .hasMessage(
            "the list has changed: it has no entry 700, but " + file() + " has a record of it");
  }
}

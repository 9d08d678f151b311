package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import fetch.engine.Release;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of a run in which something throws that should not. */
class BugTest {
  @AutoClose private final Site site = Site.open();

  private static Ended fetch(InputStream in, OutputStream out) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = new FetchCommand(new Console(in, out, said), Map.of()).execute("-");
    return Ended.of(code, new byte[0], err.toByteArray());
  }

  private static void assertReported(Ended ended) {
    assertThat(ended.code()).isEqualTo(ExitCode.BUG);
    assertThat(ended.err())
        .startsWith("fetch: a bug in fetch, please report it: java.lang.IllegalStateException: oh")
        .contains("\n    at fetch.", "\nfetch " + Release.number());
    assertThat(ended.err().lines().toList().getLast()).contains(" urls: ");
  }

  @Test
  void givesWhatIsInFlightItsRecordWhenTheFeedFails() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String lines = site.url("/good") + "\n" + site.url("/silent") + "\n";
    InputStream good = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));

    Ended ended = fetch(new SequenceInputStream(good, new FailingStream(site)), out);

    assertReported(ended);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anyMatch(record -> record.contains("/silent interrupted: "));
  }

  @Test
  void reportsTheFirstBugsInExchangesAtLengthAndCountsTheOthers() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(InputStream.nullInputStream(), new ByteArrayOutputStream(), said);
    FetchCommand command = new FetchCommand(console, Map.of());
    command.parser().parse("--workers=3");
    BugListener bugs = new BugListener(console, new BugReport(command.groups()));
    bugs.attempted(Sample.request(0), Sample.responded(Sample.request(0), 200));
    assertThat(bugs.hasBugs()).isFalse();

    for (int i = 1; i < 6; i++) {
      bugs.threw(Sample.request(i), new IllegalStateException("oh at http://me:secret@host/"));
    }
    bugs.sayHowManyMore();

    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(bugs.hasBugs()).isTrue();
    assertThat(text)
        .contains("entry 1, http://127.0.0.1/1\n", "entry 3, http://127.0.0.1/3\n")
        .contains("\n    at fetch.cli.BugTest.", ", --workers=3\n")
        .doesNotContain("entry 4", "secret")
        .endsWith("fetch: a bug in fetch: 2 more requests failed because of it\n");
  }

  @Test
  void endsWhenTheWriterFails() {
    byte[] line = (site.url("/good") + "\n").getBytes(StandardCharsets.UTF_8);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("oh");
          }
        };

    assertReported(fetch(new ByteArrayInputStream(line), out));
  }

  /** Waits for both requests, then fails in a way that streams must not. */
  private static final class FailingStream extends InputStream {
    private final Site site;

    FailingStream(Site site) {
      this.site = site;
    }

    @Override
    public int read() {
      try {
        site.awaitRequests(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("oh");
    }

    @Override
    public int read(byte[] b, int off, int len) {
      return read();
    }
  }
}

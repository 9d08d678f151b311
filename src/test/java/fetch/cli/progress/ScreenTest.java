package fetch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import fetch.Eventually;
import fetch.FakeClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final FakeTerminal terminal = new FakeTerminal(40);
  private final FakeClock clock = new FakeClock();
  private final Screen screen = new Screen(terminal, clock);
  private final OutputStream records = screen.records(terminal);
  private final OutputStream messages = screen.messages(terminal);

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(String line) {
    clock.advanceMillis(100);
    screen.show(line);
  }

  private Thread writeElsewhere(String text) {
    return Thread.ofPlatform().daemon().name("writer").start(() -> write(records, text));
  }

  @Test
  void showsOneLineInPlaceOfTheOther() {
    show("1/10");
    show("2/10 and more");
    show("3/10");

    assertThat(terminal.rows()).containsExactly("3/10");
  }

  @Test
  void drawsNoMoreThanTenTimesASecond() {
    for (int i = 0; i < 100; i++) {
      screen.show(Integer.toString(i));
      clock.advanceMillis(10);
    }

    assertThat(terminal.lastRows())
        .containsExactly("0", "10", "20", "30", "40", "50", "60", "70", "80", "90");
  }

  @Test
  void keepsTheLineBelowRecords() {
    show("1/10");
    clock.advanceMillis(100);
    write(records, "200 a\n200 b\n");
    clock.advanceMillis(100);
    write(records, "200 c\n");

    assertThat(terminal.rows()).containsExactly("200 a", "200 b", "200 c", "1/10");
  }

  @Test
  void letsRecordsGatherWhileTheLineIsYoung() throws InterruptedException {
    show("1/10");
    clock.advanceMillis(99);
    Thread writer = writeElsewhere("200 a\n");
    Eventually.holds("it waits", () -> writer.getState() == Thread.State.TIMED_WAITING);
    assertThat(terminal.rows()).containsExactly("1/10");

    clock.advanceMillis(1);
    writer.join();
    assertThat(terminal.rows()).containsExactly("200 a", "1/10");
  }

  @Test
  void doesNotLetTheLineOvertakeRecordsThatWait() throws InterruptedException {
    show("1/10");
    clock.advanceMillis(50);
    Thread writer = writeElsewhere("200 a\n");
    Eventually.holds("it waits", () -> writer.getState() == Thread.State.TIMED_WAITING);
    clock.advanceMillis(50);
    screen.show("2/10");
    writer.join();

    assertThat(terminal.rows()).containsExactly("200 a", "2/10");
    assertThat(terminal.lastRows()).containsExactly("1/10", "", "", "2/10");
  }

  @Test
  void holdsNoRecordBackWhileThereIsNoLine() {
    write(records, "200 a\n");
    write(records, "200 b\n");

    assertThat(terminal.rows()).containsExactly("200 a", "200 b", "");
  }

  @Test
  void putsMessagesAboveTheLineAtOnce() {
    show("1/10");
    write(messages, "fetch: no such file\n");
    write(messages, "fetch: no such file either\n");
    show("2/10");

    assertThat(terminal.rows())
        .containsExactly("fetch: no such file", "fetch: no such file either", "2/10");
  }

  @Test
  void leavesHalfALineAlone() {
    show("1/10");
    write(messages, "fetch: no such");
    show("2/10");
    write(messages, " file\n");
    show("3/10");

    assertThat(terminal.rows()).containsExactly("fetch: no such file", "3/10");
  }

  @Test
  void leavesNothingBehind() {
    show("1/10");
    screen.close();
    screen.close();
    show("2/10");
    write(records, "200 a\n");

    assertThat(terminal.rows()).containsExactly("200 a", "");
  }

  @Test
  void keepsNobodyWaitingAtTheEnd() throws InterruptedException {
    show("1/10");
    Thread writer = writeElsewhere("200 a\n");
    Eventually.holds("it waits", () -> writer.getState() == Thread.State.TIMED_WAITING);
    screen.close();
    writer.join();

    assertThat(terminal.rows()).containsExactly("200 a", "");
  }

  @Test
  void writesNothingWhereThereIsNothingToShow() {
    show("");
    write(records, "");
    screen.close();

    assertThat(terminal.lastRows()).isEmpty();
  }

  @Test
  void survivesATerminalThatIsGone() {
    Screen gone =
        new Screen(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Input/output error");
              }
            },
            clock);

    assertThatNoException().isThrownBy(() -> gone.show("1/10"));
    assertThatNoException().isThrownBy(gone::close);
  }
}

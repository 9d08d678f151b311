package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import fetch.Eventually;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of results on the disk when something goes wrong. */
@Timeout(60)
class ResultFilesSafetyTest {
  private static final int ROOM = 10;

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("results.csv");
  }

  private ResultFiles open(SyncMode sync) throws IOException {
    return ResultFiles.open(
        file(),
        ResultFiles.ONE_FILE,
        OutputFormat.CSV,
        List.of(Field.URLNUM, Field.INPUT),
        sync,
        true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Set<Thread> syncingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("sync"))
        .collect(Collectors.toSet());
  }

  /** Writes a record and returns the thread that makes it safe each second. */
  private static Thread startSyncing(ResultFiles files) throws IOException {
    Set<Thread> before = syncingThreads();
    files.startAfresh();
    files.write(bytes("0,a\n"));
    Set<Thread> started = syncingThreads();
    started.removeAll(before);
    assertThat(started).hasSize(1);
    return started.iterator().next();
  }

  @Test
  void endTheirThreadWhenTheyAreFinished() throws IOException {
    try (ResultFiles files = open(SyncMode.EACH_SECOND)) {
      Thread thread = startSyncing(files);
      files.finish();
      Eventually.holds("the thread has ended", () -> !thread.isAlive());
    }
  }

  @Test
  void endTheirThreadWithoutAFailureWhenTheyAreClosed() throws IOException {
    ResultFiles files = open(SyncMode.EACH_SECOND);
    Thread thread = startSyncing(files);
    files.close();
    Eventually.holds("the thread has ended", () -> !thread.isAlive());

    files.write(new byte[0]);
  }

  @Test
  void sayWhenWhatWasWrittenCanNotBeMadeSafe() throws IOException {
    ResultFiles files = open(SyncMode.EACH_SECOND);
    files.startAfresh();
    files.close();

    assertThatThrownBy(files::finish).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void haveNothingLeftToMakeSafeWhereEachBlockWas() throws IOException {
    ResultFiles files = open(SyncMode.ALWAYS);
    files.startAfresh();
    files.write(bytes("0,a\n"));
    files.close();

    files.finish();
  }

  @Test
  void makeNothingSafeWhereTheyNeverAre() throws IOException {
    ResultFiles files = open(SyncMode.NEVER);
    files.startAfresh();
    files.write(bytes("0,a\n"));
    files.close();

    files.finish();
  }

  @Test
  void missTheirFileAtTheEnd() throws IOException {
    try (ResultFiles files = open(SyncMode.NEVER)) {
      files.startAfresh();
      files.write(bytes("0,a\n"));
      Files.delete(file());

      assertThatThrownBy(files::finish)
          .hasMessage(file() + " was removed, or moved, while the run wrote to it");
    }
  }

  /** Makes the file so long that the file system takes only some bytes more, without using room. */
  private long leaveLittleRoom() throws IOException {
    long fits = 0;
    long most = Long.MAX_VALUE;
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      while (fits < most) {
        long middle = most - (most - fits) / 2;
        if (takesLength(file, middle)) {
          fits = middle;
        } else {
          most = middle - 1;
        }
      }
      assumeThat(fits).as("the file system has a limit of its own").isLessThan(Long.MAX_VALUE / 2);
      file.setLength(fits - ROOM);
    }
    return fits - ROOM;
  }

  private static boolean takesLength(RandomAccessFile file, long length) {
    try {
      file.setLength(length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String textFrom(long start) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "r")) {
      byte[] rest = new byte[Math.toIntExact(file.length() - start)];
      file.seek(start);
      file.readFully(rest);
      return new String(rest, StandardCharsets.UTF_8);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system with a limit that is known")
  void keepTheWholeRecordsThatThereIsRoomFor() throws IOException {
    long start = leaveLittleRoom();
    byte[] block = bytes("not,this\n0,a\n1,b\n2,c\n3,d\n");
    try (ResultFiles files = open(SyncMode.NEVER)) {
      files.goOn();
      assertThatThrownBy(() -> files.write(block, 9, block.length - 9))
          .isInstanceOf(IOException.class);
    }

    assertThat(textFrom(start)).isEqualTo("0,a\n1,b\n");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system with a limit that is known")
  void keepNothingOfARecordThatThereIsNoRoomFor() throws IOException {
    long start = leaveLittleRoom();
    try (ResultFiles files = open(SyncMode.NEVER)) {
      files.goOn();
      assertThatThrownBy(() -> files.write(bytes("0,too long for this\n")))
          .isInstanceOf(IOException.class);
    }

    assertThat(textFrom(start)).isEmpty();
  }
}

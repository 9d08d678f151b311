package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockWriterTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int MORE_MEGABYTES_THAN_FIT = 4096;

  private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
  private final GatedStream out = new GatedStream();

  private static ByteBuilder record(String text) {
    ByteBuilder bytes = new ByteBuilder(64);
    bytes.append(text);
    bytes.append('\n');
    return bytes;
  }

  private static void writeMany(BlockWriter writer, int thread, int count) {
    for (int i = 0; i < count; i++) {
      writer.write(record(thread + ":" + i + ":" + "x".repeat(i % 50) + "!"));
    }
  }

  /** Writes without end until told to stop writing, and counts what was taken. */
  private static Thread flood(BlockWriter writer, AtomicLong taken, long most) {
    ByteBuilder record = record("x".repeat(9999));
    return Thread.ofPlatform()
        .daemon()
        .name("flood")
        .start(() -> {
          while (taken.get() < most) {
            writer.write(record);
            taken.addAndGet(record.size());
          }
        });
  }

  @Test
  void tearsNoRecordOfManyThreads() throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = 5000;
    try (BlockWriter writer = new BlockWriter(bytes, failures::add)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int number = i;
        threads.add(Thread.ofPlatform().start(() -> writeMany(writer, number, count)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    int[] next = new int[8];
    bytes.toString(StandardCharsets.UTF_8).lines().forEach(line -> checkOne(line, next));
    assertThat(next).containsOnly(count);
    assertThat(failures).isEmpty();
  }

  /** Checks that a line is whole and the next of its thread. */
  private static void checkOne(String line, int[] next) {
    int thread = line.charAt(0) - '0';
    int number = next[thread]++;
    assertThat(line).isEqualTo(thread + ":" + number + ":" + "x".repeat(number % 50) + "!");
  }

  @Test
  void writesAndFlushesARecordAtOnceWhenNothingElseWaits() {
    out.open();
    try (BlockWriter writer = new BlockWriter(out, failures::add)) {
      writer.write(record("one"));
      Eventually.holds("it is flushed", () -> out.flushes() == 1);
      assertThat(out.text()).isEqualTo("one\n");

      writer.write(record("two"));
      Eventually.holds("it is flushed", () -> out.flushes() == 2);
      assertThat(out.text()).isEqualTo("one\ntwo\n");
    }
    assertThat(out.flushes()).isEqualTo(2);
  }

  @Test
  void writesWhatPiledUpInOneBlockAndFlushesOnce() {
    try (BlockWriter writer = new BlockWriter(out, failures::add)) {
      writer.write(record("first"));
      Eventually.holds("the first is being written", out::waitedFor);
      for (int i = 0; i < 100; i++) {
        writer.write(record("more"));
      }
      out.open();
    }

    assertThat(out.text()).isEqualTo("first\n" + "more\n".repeat(100));
    assertThat(out.writes()).isEqualTo(2);
    assertThat(out.flushes()).isEqualTo(1);
  }

  /** The thread of the one writer that is at work. */
  private static Thread writerThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("writer"))
        .findAny()
        .orElseThrow();
  }

  /** Waits until the output takes nothing and the flood has nowhere to go. */
  private void awaitJam(Thread flood) {
    Eventually.holds("a block is being written", out::waitedFor);
    Eventually.waits(flood);
  }

  @Test
  void holdsThoseWhoWriteBackWhileTheOutputIsBlocked() throws InterruptedException {
    AtomicLong taken = new AtomicLong();
    try (BlockWriter writer = new BlockWriter(out, failures::add)) {
      Thread flood = flood(writer, taken, 10 * MEGABYTE);
      awaitJam(flood);
      assertThat(taken.get()).isLessThan(3 * MEGABYTE);

      out.open();
      flood.join();
    }

    assertThat(out.text()).hasSize(Math.toIntExact(taken.get()));
  }

  @Test
  void reportsAFailureOnceAndDropsWhatComesLater() {
    IOException full = new IOException("No space left on device");
    try (BlockWriter writer = new BlockWriter(out, failures::add)) {
      out.letOneWriteThrough();
      writer.write(record("one"));
      Eventually.holds("it is written", () -> out.writes() == 1);
      out.breakWith(full);
      writer.write(record("two"));
      Eventually.holds("it has failed", () -> !failures.isEmpty());

      ByteBuilder megabyte = record("x".repeat(MEGABYTE));
      for (int i = 0; i < MORE_MEGABYTES_THAN_FIT; i++) {
        writer.write(megabyte);
      }
    }

    assertThat(out.text()).isEqualTo("one\n");
    assertThat(failures).containsExactly(full);
  }

  @Test
  void letsThoseGoWhoWaitWhenTheOutputFails() throws InterruptedException {
    AtomicLong taken = new AtomicLong();
    try (BlockWriter writer = new BlockWriter(out, failures::add)) {
      Thread flood = flood(writer, taken, 20 * MEGABYTE);
      awaitJam(flood);

      out.breakWith(new IOException("Broken pipe"));
      flood.join();
    }

    assertThat(failures).hasSize(1);
  }

  @Test
  void reportsAFlushThatFails() {
    IOException full = new IOException("No space left on device");
    OutputStream unflushable =
        new ByteArrayOutputStream() {
          @Override
          public void flush() throws IOException {
            throw full;
          }
        };

    try (BlockWriter writer = new BlockWriter(unflushable, failures::add)) {
      writer.write(record("one"));
    }

    assertThat(failures).containsExactly(full);
  }

  @Test
  void losesNothingWhenItIsClosed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BlockWriter writer = new BlockWriter(bytes, failures::add)) {
      writeMany(writer, 0, 20_000);
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(20_000);
  }

  @Test
  void endsItsThreadAndKeepsAnInterruptWhenItIsClosed() {
    out.open();
    BlockWriter writer = new BlockWriter(out, failures::add);
    Thread thread = writerThread();
    Thread.currentThread().interrupt();

    writer.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void writesNothingWhenThereIsNothing() {
    new BlockWriter(out, failures::add).close();

    assertThat(out.text()).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void keepsNoMoreUnwrittenThanMayBeLost() {
    AtomicLong taken = new AtomicLong();
    BlockWriter writer = new BlockWriter(out, 7, failures::add);
    try {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            while (taken.get() < 100) {
              writer.write(record("x"));
              taken.incrementAndGet();
            }
          });
      Eventually.holds("it takes as many", () -> taken.get() == 7);
      while (out.text().length() < 60) {
        out.letOneWriteThrough();
        int written = out.text().length() / 2;
        Eventually.holds("it takes more", () -> taken.get() >= written);
        assertThat(taken.get()).isLessThanOrEqualTo(out.text().length() / 2 + 7);
      }
      out.open();
      Eventually.holds("all are written", () -> out.text().length() == 200);
    } finally {
      out.open();
      writer.close();
    }
  }

  @Test
  void takesMoreWhileJustAMegabyteWaits() {
    AtomicLong taken = new AtomicLong();
    BlockWriter writer = new BlockWriter(out, failures::add);
    try {
      writer.write(record("first"));
      Eventually.holds("the first is being written", out::waitedFor);
      writer.write(record("x".repeat(MEGABYTE - 1)));
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            writer.write(record("more"));
            taken.incrementAndGet();
          });
      Eventually.holds("it takes one more", () -> taken.get() == 1);
    } finally {
      out.open();
      writer.close();
    }

    assertThat(out.text()).endsWith("x\nmore\n");
  }

  @Test
  void waitsForItsThreadAndKeepsAnInterruptWhileItIsClosed() throws InterruptedException {
    BlockWriter writer = new BlockWriter(out, failures::add);
    writer.write(record("one"));
    Eventually.holds("it is being written", out::waitedFor);
    AtomicBoolean kept = new AtomicBoolean();
    Thread closing =
        Thread.ofPlatform()
            .name("closing")
            .start(() -> {
              Thread.currentThread().interrupt();
              writer.close();
              kept.set(Thread.interrupted());
            });
    Eventually.waits(closing);

    out.open();
    closing.join();

    assertThat(kept).isTrue();
    assertThat(out.text()).isEqualTo("one\n");
  }

  @Test
  void goesOnAfterAnInterruptAndKeepsIt() {
    Queue<Boolean> interrupts = new ConcurrentLinkedQueue<>();
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] block, int offset, int length) {
            super.write(block, offset, length);
            interrupts.add(Thread.currentThread().isInterrupted());
          }
        };
    try (BlockWriter writer = new BlockWriter(bytes, failures::add)) {
      writerThread().interrupt();
      for (int i = 1; i <= 3; i++) {
        int written = i;
        writer.write(record("x"));
        Eventually.holds("it is written", () -> interrupts.size() == written);
      }
    }

    assertThat(interrupts).containsExactly(true, true, true);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("x\nx\nx\n");
  }
}

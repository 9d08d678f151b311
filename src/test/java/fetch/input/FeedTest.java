package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.http.url.HttpUrlParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedTest {
  private final List<Entry> taken = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();

  private Feed feed(ToIntFunction<List<Entry>> run, Source... sources) {
    EntryReader reader =
        new EntryReader(
            List.of(sources),
            new EntryParser(new HttpUrlParser()),
            Long.MAX_VALUE,
            Shard.WHOLE,
            complaints::add);
    return new Feed(reader, run, ends::incrementAndGet);
  }

  private static Source urls(int count) {
    return new Source.BareUrl("http://h/\n".repeat(count));
  }

  private static Source endless() {
    byte[] line = "http://h/\n".getBytes(StandardCharsets.UTF_8);
    return new Source.StandardInput(new EndlessStream(Long.MAX_VALUE, line));
  }

  /** Takes all entries as long as there are fewer than some number of them. */
  private ToIntFunction<List<Entry>> upTo(int most) {
    return batch -> {
      int count = Math.min(batch.size(), most - taken.size());
      taken.addAll(batch.subList(0, count));
      return count;
    };
  }

  @Test
  void bringsAllEntriesAndSaysThatTheyAreAll() {
    Feed feed = feed(upTo(Integer.MAX_VALUE), urls(1000), urls(1));

    feed.run();

    assertThat(taken).hasSize(1001);
    assertThat(ends).hasValue(1);
    assertThat(feed.unread()).isZero();
    assertThat(feed.exhausted()).isTrue();
  }

  @Test
  void knowsHowManyThereAreOnceItHasReadThemAll() {
    Feed all = feed(upTo(Integer.MAX_VALUE), urls(300), urls(1));
    Feed some = feed(upTo(400), urls(1000));
    assertThat(all.total()).isEmpty();

    all.run();
    some.run();

    assertThat(all.total()).hasValue(301);
    assertThat(some.total()).hasValue(1000);
    assertThat(feed(upTo(1000), endless()).total()).isEmpty();
  }

  @Test
  void saysThatThereAreNone() {
    Feed feed = feed(upTo(Integer.MAX_VALUE));

    feed.run();

    assertThat(ends).hasValue(1);
    assertThat(feed.exhausted()).isTrue();
  }

  @Test
  void countsWhatTheRunDidNotWant() {
    Feed feed = feed(upTo(300), urls(1000));

    feed.run();

    assertThat(taken).hasSize(300);
    assertThat(feed.unread()).isEqualTo(700);
    assertThat(feed.exhausted()).isTrue();
  }

  @Test
  void doesNotReadAPipeToItsEndOnlyToCountIt() {
    Feed feed = feed(upTo(300), endless());

    feed.run();

    assertThat(taken).hasSize(300);
    assertThat(feed.unread()).isPositive();
    assertThat(feed.exhausted()).isFalse();
  }

  @Test
  void asksTheRunNoMoreOnceItHasHadEnough() {
    AtomicInteger requested = new AtomicInteger();
    Feed feed =
        feed(
            batch -> {
              requested.incrementAndGet();
              return 0;
            },
            urls(2000));

    feed.run();

    assertThat(requested).hasValue(1);
    assertThat(feed.unread()).isEqualTo(2000);
  }
}

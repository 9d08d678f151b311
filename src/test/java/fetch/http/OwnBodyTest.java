package fetch.http;

import static fetch.http.Exchanges.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Over kept-alive connections to a server that now and then breaks every rule of where an answer
 * ends, each record is about the answer to its own URL.
 */
@Timeout(600)
class OwnBodyTest {
  private static final int URLS = Integer.getInteger("fetch.urls", 20_000);
  private static final int WORKERS = 32;
  private static final List<Habit> HABITS = List.of(Habit.values());

  /** Out of so many answers, one is wrong in each of the ways that there are. */
  private static final int PERIOD = 100 * HABITS.size();

  /** More than there are answers that cost a connection; each may also cost one that it forges. */
  private static final int MOST_CONNECTIONS = URLS / 20;

  /** What the server does with an answer, and with the connection after it. */
  private enum Habit {
    /** Sends another answer behind the answer, which nobody asked for. */
    ADDS,
    /** Says less of the body's length than there is of it. */
    UNDERSTATES,
    /** Closes in the midst of the body. */
    CUTS,
    /** Closes after the answer without having said so. */
    CLOSES,
    /** Closes when the next request comes, unanswered. */
    IGNORES_THE_NEXT
  }

  /** The answer to one URL, which tells the URL in its header section and by its body's length. */
  private static final class Answer {
    private final String name;
    private final String body;
    private final boolean chunked;
    private final Habit habit;

    Answer(String path) {
      byte[] hash = sha256(path);
      int number = Objects.hash(hash[0], hash[1], hash[2], hash[3]) & 0x7fff_ffff;
      int length = 64 + number % 2003;
      this.name = HexFormat.of().formatHex(hash);
      this.body = name.repeat(1 + length / name.length()).substring(0, length);
      this.chunked = (hash[4] & 1) == 0;
      int place = Integer.parseInt(path.substring(1)) % PERIOD;
      this.habit = place < HABITS.size() ? HABITS.get(place) : null;
    }

    private static byte[] sha256(String path) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }

    String contentType() {
      return "text/" + name.substring(0, 32);
    }

    private int announced() {
      return habit == Habit.UNDERSTATES ? body.length() / 2 : body.length();
    }

    private String whole() {
      String head = "HTTP/1.1 200 OK\r\nContent-Type: " + contentType() + "\r\n";
      return chunked
          ? head
              + "Transfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(announced())
              + "\r\n"
              + body
              + "\r\n0\r\n\r\n"
          : head + "Content-Length: " + announced() + "\r\n\r\n" + body;
    }

    String bytes() {
      return switch (habit) {
        case ADDS -> whole() + new Answer("/0000").whole();
        case CUTS -> whole().substring(0, whole().length() - body.length() / 2);
        case UNDERSTATES, CLOSES, IGNORES_THE_NEXT -> whole();
        case null -> whole();
      };
    }

    /** What is wrong with an attempt at it; null when nothing is. */
    String objection(Attempt attempt) {
      boolean its =
          contentType().equals(attempt.response().contentType())
              && Long.compare(attempt.body().delivered(), announced())
                  == (habit == Habit.CUTS ? -1 : 0);
      FailureKind kind = attempt.outcome() instanceof Outcome.Failed failed ? failed.kind() : null;
      return its && kind == failure() ? null : habit + ", chunked " + chunked + ": " + attempt;
    }

    private FailureKind failure() {
      return switch (habit) {
        case CUTS -> FailureKind.PARTIAL;
        case UNDERSTATES -> chunked ? FailureKind.PROTOCOL : null;
        case ADDS, CLOSES, IGNORES_THE_NEXT -> null;
        case null -> null;
      };
    }
  }

  private static void serve(RawServer.Connection connection) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(connection.socket().getInputStream(), ISO_8859_1));
    for (String path = nextPath(in); path != null; path = nextPath(in)) {
      Answer answer = new Answer(path);
      connection.send(answer.bytes());
      switch (answer.habit) {
        case CUTS, CLOSES -> {
          return;
        }
        case IGNORES_THE_NEXT -> {
          nextPath(in);
          return;
        }
        case ADDS, UNDERSTATES -> {}
        case null -> {}
      }
    }
  }

  private static String nextPath(BufferedReader in) throws IOException {
    String line = in.readLine();
    String path = line == null ? null : line.split(" ", 3)[1];
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    return path;
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void noRecordCarriesAnotherUrlsBodyAndNoStaleConnectionIsAnError(Exchanges.Way way)
      throws Exception {
    Queue<String> objections = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    try (RawServer server = RawServer.start(OwnBodyTest::serve);
        OkHttpExchange exchange = Exchanges.byDefault().workers(WORKERS).build()) {
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        workers.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int n = next.getAndIncrement(); n < URLS; n = next.getAndIncrement()) {
                    String path = "/" + n;
                    CompletableFuture<Attempt> attempt =
                        way.start(exchange, request(server.url(path)));
                    String objection = new Answer(path).objection(attempt.join());
                    if (objection != null) {
                      objections.add(objection);
                    }
                  }
                }));
      }
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(next.get()).isEqualTo(URLS + WORKERS);
      assertThat(objections).isEmpty();
      assertThat(server.connections()).isLessThan(MOST_CONNECTIONS);
    }
  }
}

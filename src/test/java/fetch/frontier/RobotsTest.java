package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static fetch.frontier.SimulatedSchedule.TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchResult;
import fetch.Sample;
import fetch.robots.RobotsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When robots.txt is requested, and how it is obeyed, under a clock that only the test turns. */
class RobotsTest {
  private static final String PRIVATE = "User-agent: *\nDisallow: /private/\n";

  private final SimulatedSchedule play = play(null, RetryPolicy.NEVER);

  private static SimulatedSchedule play(Rate perHostRate, RetryPolicy retries) {
    RobotsReader robots = new RobotsReader("fetch/1");
    return new SimulatedSchedule(new Politeness(100, null, perHostRate, true, robots), retries);
  }

  private static void add(SimulatedSchedule play, String... paths) {
    for (String path : paths) {
      play.addUrl("http://a" + path, "a", 80);
    }
  }

  private static String url(Turn turn) {
    return turn.request().target().url();
  }

  /** The next turn, which must be for a robots.txt. */
  private static Turn robotsTurn(SimulatedSchedule play) {
    Turn turn = play.next();
    assertThat(url(turn)).endsWith("/robots.txt");
    assertThat(turn.request().robots()).isTrue();
    return turn;
  }

  private static void respond(SimulatedSchedule play, Turn turn, String robotsTxt) {
    Attempt plain = Sample.responded(turn.request(), 200);
    play.settle(turn, Sample.carrying(plain, robotsTxt));
  }

  private static List<String> urls(List<FetchResult> results) {
    List<String> urls = new ArrayList<>();
    results.forEach(result -> urls.add(result.entry().input()));
    return urls;
  }

  @Test
  void requestsRobotsTxtBeforeTheFirstEntryAndNeverAgain() {
    add(play, "/1", "/2");
    respond(play, robotsTurn(play), PRIVATE);
    add(play, "/3");

    assertThat(List.of(url(play.next()), url(play.next()), url(play.next())))
        .containsExactly("http://a/1", "http://a/2", "http://a/3");
    play.assertNoTurn();
    assertThat(play.results()).isEmpty();
  }

  @Test
  void keepsTheEntriesOfAnOriginWaitingForItsRulesAndNoOthers() {
    add(play, "/1", "/2");
    Turn robotsTxt = robotsTurn(play);
    play.assertNoTurn();
    assertThat(play.schedule().waiting()).isEqualTo(2);

    play.addUrl("https://a/1", "a", 443);
    play.addUrl("http://b/1", "b", 80);
    List<Turn> others = List.of(robotsTurn(play), robotsTurn(play));
    others.forEach(turn -> respond(play, turn, ""));
    assertThat(List.of(url(play.next()), url(play.next())))
        .containsExactlyInAnyOrder("https://a/1", "http://b/1");
    play.assertNoTurn();

    respond(play, robotsTxt, PRIVATE);
    assertThat(play.burst()).isEqualTo(2);
  }

  @Test
  void endsWhatIsDisallowedAtOnceAndWithoutARequest() {
    add(play, "/private/1", "/public/2", "/private/3");
    respond(play, robotsTurn(play), PRIVATE);
    assertThat(urls(play.results())).containsExactly("http://a/private/1", "http://a/private/3");
    add(play, "/private/4");

    assertThat(play.results())
        .hasSize(3)
        .allSatisfy(result -> {
          assertThat(SimulatedSchedule.failure(result))
              .isEqualTo(new FetchResult.Failure(FailureKind.ROBOTS, "robots.txt disallows it"));
          assertThat(result.attempt()).isNull();
        });
    play.respond(play.next(), 200);
    assertThat(play.results()).hasSize(4);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void disallowsAllOnceRobotsTxtCannotBeHadAfterTheUsualRetries() {
    SimulatedSchedule play = play(null, TWICE);
    add(play, "/1", "/2");
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(play.results()).isEmpty();
      play.respond(robotsTurn(play), 503);
      play.assertNoTurn();
      play.pass(SECOND);
    }

    assertThat(play.failures()).containsExactly(FailureKind.ROBOTS, FailureKind.ROBOTS);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void holdsTheHostBackAfterARobotsTxtWithRetryAfter() {
    SimulatedSchedule play = play(null, TWICE);
    add(play, "/1");
    play.holdBack(robotsTurn(play), 429, 20_000);
    play.pass(20 * SECOND - 1);
    play.assertNoTurn();

    play.pass(1);
    respond(play, robotsTurn(play), "");
    play.pass(SECOND);
    assertThat(url(play.next())).isEqualTo("http://a/1");
  }

  @Test
  void asksWhetherItMayGoWhereARedirectLeads() {
    add(play, "/1", "/2");
    respond(play, robotsTurn(play), "");
    Turn second = play.next();
    Turn first = play.next();
    assertThat(play.redirect(first, SimulatedSchedule.hop("b", "/private/", 1))).isNull();
    assertThat(play.redirect(second, SimulatedSchedule.hop("b", "/public/", 1))).isNull();

    respond(play, robotsTurn(play), PRIVATE);

    FetchResult refused = play.results().getFirst();
    assertThat(SimulatedSchedule.failure(refused))
        .isEqualTo(
            new FetchResult.Failure(
                FailureKind.ROBOTS,
                "redirected to a URL that may not be fetched: robots.txt disallows it"));
    assertThat(refused.attempt()).isNotNull();
    assertThat(refused.status()).isZero();
    play.respond(play.next(), 200);
    assertThat(play.results()).hasSize(2);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void endsRedirectsThatWaitForARobotsTxtWhenTheRunStops() {
    add(play, "/1", "/2");
    respond(play, robotsTurn(play), "");
    play.redirect(play.next(), SimulatedSchedule.hop("b", "/", 1));

    play.stop(FailureKind.INTERRUPTED);

    assertThat(play.failures()).containsExactly(FailureKind.INTERRUPTED);
    assertThat(play.schedule().waiting()).as("never requested").isEqualTo(1);
  }

  @Test
  void endsRedirectsWhoseRulesAreStillBeingCheckedWhenTheRunStops() {
    add(play, "/1");
    respond(play, robotsTurn(play), "");
    play.redirect(play.next(), SimulatedSchedule.hop("b", "/", 1));
    Turn robotsTxt = robotsTurn(play);
    Attempt attempt = Sample.carrying(Sample.responded(robotsTxt.request(), 200), PRIVATE);
    Schedule schedule = play.schedule();
    schedule.settle(robotsTxt, attempt, schedule.read(robotsTxt, attempt), play.now());
    ScheduleOutput.RobotsCheck check = schedule.takeOutput().checks().getFirst();

    play.stop(FailureKind.DEADLINE);
    schedule.finish(check, check.refusal(), play.now());

    assertThat(schedule.takeOutput().results())
        .singleElement()
        .matches(result -> SimulatedSchedule.failure(result).kind() == FailureKind.DEADLINE);
    assertThat(schedule.isIdle()).isTrue();
  }

  @Test
  void followsTheRedirectsOfARobotsTxt() {
    add(play, "/private/1", "/2");
    Turn hop = play.redirect(robotsTurn(play), SimulatedSchedule.hop("b", "/robots.txt", 1));
    respond(play, hop, PRIVATE);

    assertThat(play.failures()).containsExactly(FailureKind.ROBOTS);
    assertThat(url(play.next())).isEqualTo("http://a/2");
  }

  @Test
  void asksAgainAfterADay() {
    add(play, "/1");
    respond(play, robotsTurn(play), "");
    play.respond(play.next(), 200);
    play.pass(24 * 3600 * SECOND);
    add(play, "/2");

    respond(play, robotsTurn(play), "User-agent: *\nDisallow: /\n");
    assertThat(SimulatedSchedule.failure(play.results().getLast()).kind())
        .isEqualTo(FailureKind.ROBOTS);
  }

  @Test
  void leavesTheCrawlDelayBetweenRequests() {
    add(play, "/1", "/2", "/3");
    respond(play, robotsTurn(play), "User-agent: *\nCrawl-delay: 10\n");
    play.respond(play.next(), 200);
    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(10 * SECOND);
    play.pass(10 * SECOND);
    play.respond(play.next(), 200);
    play.pass(10 * SECOND);
    play.respond(play.next(), 200);
    add(play, "/4");

    play.pass(10 * SECOND - 1);
    play.assertNoTurn();
    play.pass(1);
    assertThat(url(play.next())).isEqualTo("http://a/4");
  }

  @Test
  void isNoFasterThanThePerHostRateWhateverTheCrawlDelay() {
    SimulatedSchedule play = play(new Rate(1, Duration.ofSeconds(5)), RetryPolicy.NEVER);
    add(play, "/1", "/2");
    respond(play, robotsTurn(play), "User-agent: *\nCrawl-delay: 1\n");
    play.assertNoTurn();

    play.pass(5 * SECOND);
    play.respond(play.next(), 200);
    play.pass(SECOND);
    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(4 * SECOND);
  }

  @Test
  void remembersTheCrawlDelayOfAHostThatWasForgotten() {
    add(play, "/1");
    respond(play, robotsTurn(play), "User-agent: *\nCrawl-delay: 10\n");
    Turn lengthy = play.next();
    play.pass(60 * SECOND);
    play.respond(lengthy, 200);

    add(play, "/2", "/3");

    play.respond(play.next(), 200);
    play.pass(10 * SECOND - MILLI);
    play.assertNoTurn();
  }

  @Test
  void makesNoRecordOfRobotsTxtWhenStopped() {
    SimulatedSchedule play = play(null, TWICE);
    add(play, "/1", "/2");
    play.addUrl("http://b/1", "b", 80);
    play.addUrl("http://c/1", "c", 80);
    play.fail(robotsTurn(play), FailureKind.CONNECT);
    Turn inFlight = robotsTurn(play);
    play.stop(FailureKind.DEADLINE);

    play.fail(inFlight, FailureKind.DEADLINE);

    assertThat(play.results()).isEmpty();
    assertThat(play.schedule().waiting()).as("not reached").isEqualTo(4);
  }

  @Test
  void goesByTheLastAttemptWhenItIsTooLateForAnother() {
    SimulatedSchedule play = play(null, TWICE);
    add(play, "/1", "/2");
    play.fail(robotsTurn(play), FailureKind.CONNECT);

    play.pass(121 * SECOND);
    play.assertNoTurn();

    assertThat(play.failures()).containsExactly(FailureKind.ROBOTS, FailureKind.ROBOTS);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void endsEntriesThatWaitForTheRulesOfAServerThatIsDown() {
    add(play, "/0");
    respond(play, robotsTurn(play), "");
    play.respond(play.next(), 200);
    for (int n = 1; n < 10; n++) {
      add(play, "/" + n);
    }
    play.failNext(9, FailureKind.CONNECT);
    play.pass(24 * 3600 * SECOND);
    add(play, "/10", "/11");
    play.addUrl("https://a:80/12", "a", 80);

    play.fail(robotsTurn(play), FailureKind.CONNECT);

    assertThat(play.results().subList(10, 13))
        .extracting(result -> SimulatedSchedule.failure(result).kind())
        .containsExactlyInAnyOrder(FailureKind.ROBOTS, FailureKind.ROBOTS, FailureKind.HOST_DOWN);
    play.assertNoTurn();
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void disallowsTheEntriesOfARobotsTxtWhoseExchangeThrew() {
    add(play, "/1", "/2");
    Turn robotsTxt = robotsTurn(play);

    play.crash(robotsTxt);

    assertThat(play.failures()).containsExactly(FailureKind.ROBOTS, FailureKind.ROBOTS);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void leavesUnreachedWhatWaitsForARobotsTxtAtAStop() {
    add(play, "/1", "/private/2");
    Turn robotsTxt = robotsTurn(play);
    play.stop(FailureKind.INTERRUPTED);

    respond(play, robotsTxt, PRIVATE);

    assertThat(play.results()).isEmpty();
    assertThat(play.schedule().waiting()).isEqualTo(2);
  }
}

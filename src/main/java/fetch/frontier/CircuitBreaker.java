package fetch.frontier;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.time.Duration;

/**
 * Opens after ten failures in a row to connect to a server or to get a response from it. While it
 * is open, one request every 30 seconds probes whether the server is back.
 */
final class CircuitBreaker {
  private static final int FAILURES = 10;
  private static final long PROBE_NANOS = Duration.ofSeconds(30).toNanos();

  /** What an attempt says about its server. */
  enum Health {
    /** The server works. */
    HEALTHY,
    /** The server is reachable but fails. */
    FAILING,
    /** The server may be down. */
    DOWN,
    /** The attempt says nothing about the server. */
    UNKNOWN;

    static Health of(Attempt attempt) {
      return switch (attempt.outcome()) {
        case Outcome.Responded _, Outcome.Redirected _, Outcome.Unchanged _ -> HEALTHY;
        case Outcome.Failed failed -> of(failed.kind());
      };
    }

    private static Health of(FailureKind kind) {
      return switch (kind) {
        case DNS, CONNECT, TLS_HANDSHAKE, TLS_CERTIFICATE, TLS_PIN, TIMEOUT -> DOWN;
        case RESET, EMPTY_REPLY, PROTOCOL, PARTIAL -> FAILING;
        case BAD_ENCODING,
            TOO_LARGE,
            TOO_MANY_REDIRECTS,
            CHECKSUM,
            MATCH,
            HTTP_STATUS,
            INVALID_URL,
            UNSUPPORTED_SCHEME ->
            HEALTHY;
        case IO,
            SAVE,
            DNS_TEMPORARY,
            PROXY,
            REFUSED,
            INTERRUPTED,
            DEADLINE,
            HOST_DOWN,
            ROBOTS,
            INTERNAL ->
            UNKNOWN;
      };
    }
  }

  private int failures;
  private long nextProbe;
  private String lastFailure = "";

  boolean isOpen() {
    return failures >= FAILURES;
  }

  /** Whether a request may be made. A probe postpones the next probe by 30 seconds. */
  boolean admits(long now) {
    if (!isOpen()) {
      return true;
    }
    if (now - nextProbe < 0) {
      return false;
    }
    nextProbe = now + PROBE_NANOS;
    return true;
  }

  /** Records an attempt. A failure on this machine says nothing about the server. */
  void observe(Attempt attempt, long now) {
    switch (Health.of(attempt)) {
      case HEALTHY, FAILING -> failures = 0;
      case DOWN -> {
        nextProbe = isOpen() ? nextProbe : now + PROBE_NANOS;
        failures++;
        lastFailure = attempt.outcome() instanceof Outcome.Failed failed ? failed.message() : "";
      }
      case UNKNOWN -> {}
    }
  }

  /** Whether the last attempt succeeded, so that this breaker can be forgotten. */
  boolean isUntroubled() {
    return failures == 0;
  }

  /** The message of the last failure. */
  String lastFailure() {
    return lastFailure;
  }
}

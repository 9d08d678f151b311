package fetch.frontier;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.time.Duration;

/**
 * Tells when a server is down: after ten failures in a row to connect to it or to hear from it. Now
 * and then one request may probe whether it is back.
 */
final class CircuitBreaker {
  private static final int FAILURES = 10;
  private static final long PROBE_NANOS = Duration.ofSeconds(30).toNanos();

  /** What a request says about the server that it was made to. */
  enum Sign {
    /** It is well. */
    WELL,
    /** It is there, but not well. */
    ILL,
    /** It may be down. */
    DOWN,
    /** Nothing. */
    NONE;

    static Sign of(Attempt attempt) {
      return switch (attempt.outcome()) {
        case Outcome.Answered _, Outcome.Redirected _, Outcome.Unchanged _ -> WELL;
        case Outcome.Failed failed -> of(failed.kind());
      };
    }

    private static Sign of(FailureKind kind) {
      return switch (kind) {
        case DNS, CONNECT, TLS_HANDSHAKE, TLS_CERTIFICATE, TIMEOUT -> DOWN;
        case RESET, EMPTY_REPLY, PROTOCOL, PARTIAL -> ILL;
        case BAD_ENCODING,
            TOO_LARGE,
            TOO_MANY_REDIRECTS,
            CHECKSUM,
            HTTP_STATUS,
            INVALID_URL,
            UNSUPPORTED_SCHEME ->
            WELL;
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
            NONE;
      };
    }
  }

  private int failures;
  private long nextProbe;
  private String lastSaid = "";

  boolean isOpen() {
    return failures >= FAILURES;
  }

  /** Whether a request may be made; when it is a probe, the next one may be made much later. */
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

  /** Learns from an attempt. What failed on this machine says nothing about the server. */
  void observe(Attempt attempt, long now) {
    switch (Sign.of(attempt)) {
      case WELL, ILL -> failures = 0;
      case DOWN -> {
        nextProbe = isOpen() ? nextProbe : now + PROBE_NANOS;
        failures++;
        lastSaid = attempt.outcome() instanceof Outcome.Failed failed ? failed.message() : "";
      }
      case NONE -> {}
    }
  }

  /** Whether there is anything to remember. */
  boolean isUntroubled() {
    return failures == 0;
  }

  /** What the last failure was, for a person. */
  String lastSaid() {
    return lastSaid;
  }
}

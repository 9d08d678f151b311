package fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which an entry can fail, with curl's exit number for each. {@link #IO}, {@link #SAVE}
 * and {@link #DNS_TEMPORARY} say nothing about the host.
 */
public enum FailureKind {
  INVALID_URL("invalid_url", 3, "the entry is not a URL"),
  UNSUPPORTED_SCHEME("unsupported_scheme", 1, "the scheme is neither http nor https"),
  DNS("dns", 6, "the host name could not be resolved"),
  DNS_TEMPORARY("dns", 6, "the name service could not resolve the host for now"),
  CONNECT("connect", 7, "no connection to the host"),
  PROXY("connect", 7, "the proxy refused the request"),
  TLS_HANDSHAKE("tls", 35, "the TLS handshake failed"),
  TLS_CERTIFICATE("tls", 60, "the server's certificate was rejected"),
  TLS_PIN("tls", 90, "the server's public key is not the pinned one"),
  TIMEOUT("timeout", 28, "a time limit was reached"),
  RESET("reset", 56, "the connection broke"),
  EMPTY_REPLY("empty_reply", 52, "the server closed the connection without a response"),
  PROTOCOL("protocol", 8, "the response is not valid HTTP"),
  PARTIAL("partial", 18, "the response ended early"),
  BAD_ENCODING("bad_encoding", 61, "the content coding of the body is invalid or unknown"),
  TOO_LARGE("too_large", 63, "the body is larger than allowed"),
  TOO_MANY_REDIRECTS("too_many_redirects", 47, "too many redirects"),
  REFUSED("refused", 7, "the address is not on the public Internet"),
  HOST_DOWN("host_down", 7, "the host failed repeatedly"),
  ROBOTS("robots", 9, "robots.txt disallows it"),
  HTTP_STATUS("http_status", 22, "the status code is not accepted"),
  INTERRUPTED("interrupted", 42, "the run was stopped"),
  DEADLINE("deadline", 28, "the deadline of the run was reached"),
  IO("io", 55, "input or output failed on this machine"),
  SAVE("io", 23, "the body could not be saved"),
  CHECKSUM("checksum", 23, "the body does not match its checksum"),
  MATCH("match", 22, "the body is not the one expected"),
  INTERNAL("internal", 2, "a bug in fetch");

  private static final List<FailureKind> ALL = List.of(values());

  private final String label;
  private final int exitcode;
  private final String sentence;

  FailureKind(String label, int exitcode, String sentence) {
    this.label = label;
    this.exitcode = exitcode;
    this.sentence = sentence;
  }

  /**
   * The word in a record's {@code error} field. Several kinds of TLS, DNS and robots failures share
   * one.
   */
  public String label() {
    return label;
  }

  /**
   * The kind with a label; null if fetch has no such kind. Of several, the first one with this exit
   * number, else the first one.
   *
   * @param exitcode any number that is not one of curl's if it is unknown
   */
  public static @Nullable FailureKind find(String label, long exitcode) {
    FailureKind found = null;
    for (FailureKind kind : ALL) {
      if (kind.label.equals(label)) {
        if (kind.exitcode == exitcode) {
          return kind;
        }
        found = found == null ? kind : found;
      }
    }
    return found;
  }

  /** curl's exit number for this failure. */
  public int exitcode() {
    return exitcode;
  }

  /** A sentence for failures without a more precise message. */
  public String sentence() {
    return sentence;
  }
}

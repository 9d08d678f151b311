package fetch.http.proxy;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a SOCKS5 proxy (RFC 1928) opened no connection, by the texts of the JDK's client. */
enum SocksFailure {
  LOGIN("refused the user and password", "authentication failed", "No acceptable methods"),
  FORBIDDEN("does not allow the connection", "not allowed by ruleset"),
  UNREACHABLE(
      "found no route to the host", "Host unreachable", "Network unreachable", "TTL expired"),
  REFUSED("was refused the connection by the host", "SOCKS: Connection refused"),
  UNSUPPORTED(
      "does not support the request", "Command not supported", "address type not supported"),
  NO_PROXY("could not be reached", "connect to SOCKS proxy"),
  NOT_SOCKS(
      "does not respond as SOCKS5 does",
      "Malformed reply",
      "bad version",
      "badly formatted",
      "Reply from SOCKS"),
  FAILED("could not connect to the host", "SOCKS");

  private final String what;
  private final List<String> texts;

  SocksFailure(String what, String... texts) {
    this.what = what;
    this.texts = List.of(texts);
  }

  /** What the proxy did, to follow its name in a sentence. */
  String what() {
    return what;
  }

  /** Null when the failure is not of a SOCKS proxy. */
  static @Nullable SocksFailure of(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (SocksFailure kind : values()) {
        if (message.contains("SOCKS") && kind.isSaid(message)) {
          return kind;
        }
      }
    }
    return null;
  }

  private boolean isSaid(String message) {
    for (String text : texts) {
      if (message.contains(text)) {
        return true;
      }
    }
    return false;
  }
}

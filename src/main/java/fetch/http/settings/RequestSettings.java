package fetch.http.settings;

import fetch.ByHost;
import fetch.Content;
import fetch.HeaderLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What every request of a run looks like.
 *
 * @param action the request method, and the content that is sent with it
 * @param headers in order; they replace fetch's own fields of the same name
 * @param userAgent the User-Agent, unless a header says otherwise
 * @param range the byte ranges to request, such as {@code 0-99}, null for the whole
 * @param compressed whether to request compressed bodies and decompress them
 * @param maxRedirs how many redirects are followed, -1 to treat a redirect as the final response
 */
public record RequestSettings(
    Action action,
    List<HeaderLine> headers,
    String userAgent,
    Secrets secrets,
    @Nullable String range,
    boolean compressed,
    int maxRedirs) {

  /** Without content. */
  public RequestSettings(
      String method,
      List<HeaderLine> headers,
      String userAgent,
      Secrets secrets,
      @Nullable String range,
      boolean compressed,
      int maxRedirs) {
    this(new Action(method, null), headers, userAgent, secrets, range, compressed, maxRedirs);
  }

  /**
   * The method and content of requests.
   *
   * @param method the request method (RFC 9110, section 9)
   * @param content null for none
   * @param getOn the status codes of responses to HEAD after which the URL is requested with GET;
   *     null for none
   */
  public record Action(String method, @Nullable Content content, @Nullable IntPredicate getOn) {
    public Action(String method, @Nullable Content content) {
      this(method, content, null);
    }

    public Action withMethod(String other) {
      return new Action(other, content, getOn);
    }

    /** Whether GET is sent after a response to HEAD with this status code. */
    public boolean getsOn(int status) {
      return getOn != null && getOn.test(status);
    }
  }

  /** The request method. */
  public String method() {
    return action.method();
  }

  /** The content of each request, null for none. */
  public @Nullable Content content() {
    return action.content();
  }

  /**
   * The secrets, which only some hosts receive; the client certificate is another one.
   *
   * @param credentials for Basic authentication, null for none
   * @param bearer a token for Bearer authentication (RFC 6750), which takes precedence over a
   *     password; null for none
   * @param cookie the value of the Cookie header, null for none
   * @param scope which hosts receive them, and the client certificate
   * @param netrc passwords for the hosts that receive none of these, null for none
   * @param hosts settings of single hosts that replace all this
   */
  public record Secrets(
      @Nullable Credentials credentials,
      @Nullable String bearer,
      @Nullable String cookie,
      CredentialScope scope,
      @Nullable Netrc netrc,
      ByHost<HostRequest> hosts) {
    public static final Secrets NONE = new Secrets(null, null, CredentialScope.ALL);

    /** Without a token and a netrc file. */
    public Secrets(
        @Nullable Credentials credentials, @Nullable String cookie, CredentialScope scope) {
      this(credentials, null, cookie, scope, null, ByHost.always(HostRequest.USUAL));
    }

    /** Returns a copy with other settings of single hosts. */
    public Secrets withHosts(ByHost<HostRequest> other) {
      return new Secrets(credentials, bearer, cookie, scope, netrc, other);
    }

    /** The value of the Authorization field, null for none. */
    public @Nullable String authorization() {
      if (bearer != null) {
        return "Bearer " + bearer;
      }
      return credentials == null ? null : credentials.basic();
    }

    /** Omits the secrets. */
    @Override
    public String toString() {
      return "Secrets";
    }
  }

  public static final int FOLLOW_NONE = -1;

  /** The User-Agent that is sent, empty for none. */
  public String sentUserAgent() {
    String sent = userAgent;
    for (HeaderLine header : headers) {
      if (header.name().equalsIgnoreCase("User-Agent")) {
        sent = header.value() == null ? "" : header.value();
      }
    }
    return sent;
  }

  /** A user and a password; never printed. */
  public record Credentials(String user, String password) {
    /** Splits {@code user:password}. */
    public static Credentials parse(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new Credentials(text, "")
          : new Credentials(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The value of an Authorization field with Basic credentials (RFC 7617). */
    public String basic() {
      return okhttp3.Credentials.basic(user, password, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return user + ":***";
    }
  }
}

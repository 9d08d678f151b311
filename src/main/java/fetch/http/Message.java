package fetch.http;

import fetch.Content;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.http.settings.RequestSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that come from its entry.
 *
 * @param headers of the entry; they replace those of the run
 * @param content null for none
 * @param accept the media type to accept, unless a header field sets another; null for any
 */
record Message(
    String method, List<HeaderLine> headers, @Nullable Content content, @Nullable String accept) {
  private static final String GET = "GET";
  private static final String CONTENT_TYPE = "Content-Type";

  static final Message ROBOTS = new Message(GET, List.of(), null, null);

  /**
   * The message of an entry, after its redirects so far. Content goes along as long as the method
   * stays (RFC 9110, sections 15.4.8 and 15.4.9).
   *
   * @param first the method of the entry's first request
   */
  static Message of(FetchRequest request, String first, RequestSettings settings) {
    EntryOverrides own = request.own();
    List<HeaderLine> headers = own == null ? List.of() : own.headers();
    Content content = content(own, settings);
    String method = request.hop() == null ? first : request.hop().method();
    String accept = content == null ? null : content.accept();
    if (content != null && !method.equals(first)) {
      return new Message(method, withoutType(headers), null, accept);
    }
    return new Message(method, headers, content, accept);
  }

  /** The length of the content in bytes. */
  long length() {
    return content == null ? 0 : content.length();
  }

  private static @Nullable Content content(@Nullable EntryOverrides own, RequestSettings settings) {
    if (own != null && own.content() != null) {
      return own.content();
    }
    boolean reads =
        own != null && own.method() != null && List.of(GET, "HEAD").contains(own.method());
    return reads ? null : settings.content();
  }

  private static List<HeaderLine> withoutType(List<HeaderLine> headers) {
    List<HeaderLine> rest = new ArrayList<>();
    for (HeaderLine header : headers) {
      if (!header.name().equalsIgnoreCase(CONTENT_TYPE)) {
        rest.add(header);
      }
    }
    rest.add(new HeaderLine(CONTENT_TYPE, null));
    return rest;
  }
}

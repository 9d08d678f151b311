package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kotlin.Pair;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;

/** The pages of a site that changes between runs, and the requests for them. */
final class Pages extends Dispatcher {
  /** One of them. */
  record Page(int status, String body, Headers headers) {
    static Page of(String body, String... headers) {
      return new Page(200, body, Headers.of(headers));
    }
  }

  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private volatile boolean deaf;

  void put(String path, Page page) {
    pages.put(path, page);
  }

  /** From now on, conditions are ignored. */
  void ignoreConditions() {
    deaf = true;
  }

  /** The requests for a path since this was last asked, oldest first. */
  List<RecordedRequest> takeRequests(String path) {
    List<RecordedRequest> taken =
        requests.stream().filter(request -> path.equals(request.getUrl().encodedPath())).toList();
    requests.removeAll(taken);
    return taken;
  }

  /** The conditions of the only request for a path since this was last asked. */
  Map<String, String> conditions(String path) {
    List<RecordedRequest> taken = takeRequests(path);
    assertThat(taken).as("requests for " + path).hasSize(1);
    Map<String, String> conditions = new TreeMap<>();
    for (Pair<? extends String, ? extends String> header : taken.getFirst().getHeaders()) {
      if (header.getFirst().startsWith("If-")) {
        conditions.put(header.getFirst(), header.getSecond());
      }
    }
    return conditions;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    requests.add(request);
    Page page = pages.get(request.getUrl().encodedPath());
    if (page == null) {
      return new MockResponse.Builder().code(404).body("there is no such page").build();
    }
    boolean holds = !deaf && page.status() == 200 && holds(request, page);
    MockResponse.Builder answer = new MockResponse.Builder().headers(page.headers());
    return holds ? answer.code(304).build() : answer.code(page.status()).body(page.body()).build();
  }

  /** RFC 9110, section 13.2.2. */
  private static boolean holds(RecordedRequest request, Page page) {
    String tag = request.getHeaders().get("If-None-Match");
    String date = request.getHeaders().get("If-Modified-Since");
    return tag == null
        ? date != null && date.equals(page.headers().get("Last-Modified"))
        : tag.equals(page.headers().get("ETag"));
  }
}

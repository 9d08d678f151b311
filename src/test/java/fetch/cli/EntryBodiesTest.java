package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies that the entries of a list have of their own. */
class EntryBodiesTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private BodyServer server;
  private List<String> bodies;

  @BeforeEach
  void start() throws IOException {
    server = new BodyServer();
    bodies = server.bodies();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Ended fetch(String list, String... options) {
    List<String> words = new ArrayList<>(List.of("-i", "jsonl", "-f", "jsonl", "-w", "1"));
    words.addAll(List.of(options));
    return InProcess.fetch(list.replace("HOST", server.url("")), words.toArray(String[]::new));
  }

  private String head() {
    return server.requests().getLast();
  }

  @Test
  void followTheirEntryToAnotherHost() throws IOException {
    try (BodyServer other = new BodyServer();
        RawServer first =
            RawServer.start(connection -> {
              bodies.add(
                  new String(
                      connection.readBody(connection.readRequest()), StandardCharsets.UTF_8));
              connection.send(
                  "HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: "
                      + other.url("/o").replace("127.0.0.1", "localhost")
                      + "\r\n\r\n");
            })) {
      String entry =
          "{\"url\":\""
              + first.url("/")
              + "\",\"body\":\"<a/>\",\"headers\":"
              + "{\"Content-Type\":\"text/xml\",\"X-Key\":\"k\"}}";

      assertThat(fetch(entry).code()).isZero();

      assertThat(bodies).containsExactly("<a/>");
      assertThat(other.bodies()).containsExactly("<a/>");
      assertThat(other.requests().getFirst())
          .startsWith("POST /o ")
          .contains("Content-Type: text/xml\r\n")
          .doesNotContain("X-Key");
    }
  }

  @Test
  void ofEntriesAreSent() {
    Ended ended =
        fetch(
            """
            {"url":"HOST/1","json":{"q": "é\\u0001","n":1.50}}
            {"url":"HOST/2","body":"hi","method":"PUT","headers":{"Content-Type":"a/b"}}
            {"url":"HOST/3","body_base64":"YQBi"}
            {"url":"HOST/4","form":{"a":"b c","d":[1,true,null],"e":"*~é"}}
            {"url":"HOST/5","json":"text"}
            {"url":"HOST/6","body":null}
            {"url":"HOST/7","method":"GET","json":[]}
            """);

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(bodies)
        .containsExactly(
            "{\"q\":\"é\u0001\",\"n\":1.50}".replace("\u0001", "\\u0001"),
            "hi",
            "a\0b",
            "a=b+c&d=1&d=true&d=&e=%2A~%C3%A9",
            "\"text\"",
            "",
            "[]");
    assertThat(server.requests())
        .extracting(head -> head.substring(0, head.indexOf(' ')))
        .containsExactly("POST", "PUT", "POST", "POST", "POST", "GET", "GET");
    assertThat(server.requests().get(0)).contains("Accept: application/json\r\n");
    assertThat(server.requests().get(1)).contains("Content-Type: a/b\r\n").doesNotContain(FORM);
    assertThat(server.requests().get(2)).contains(FORM);
    assertThat(server.requests().get(5)).doesNotContain("Content-");
    assertThat(ended.out()).contains("\"method\":\"PUT\"").doesNotContain("meta", "hi");
  }

  @Test
  void ofEntriesReplaceThatOfTheRun() {
    fetch(
        """
        {"url":"HOST/1"}
        {"url":"HOST/2","body":"own"}
        {"url":"HOST/3","method":"HEAD"}
        """,
        "-d",
        "run",
        "-X",
        "PATCH");

    assertThat(bodies).containsExactly("run", "own", "");
    assertThat(server.requests())
        .extracting(head -> head.substring(0, head.indexOf(' ')))
        .containsExactly("PATCH", "PATCH", "HEAD");
  }

  @Test
  void ofEntriesAreIgnoredOnRequest() {
    fetch("{\"url\":\"HOST/1\",\"json\":1,\"body\":{},\"form\":\"x\"}", "--no-entry-options");

    assertThat(bodies).containsExactly("");
    assertThat(head()).startsWith("GET ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"json\":1,\"body\":\"SECRET\" | it has both json and body",
        "\"body\":{\"a\":\"SECRET\"} | its body is not a string",
        "\"body_base64\":\"SECRET!\" | its body_base64 is not Base64",
        "\"form\":\"SECRET\" | its form is not an object",
        "\"form\":{\"a\":{\"b\":\"SECRET\"}} | its form has a field that is an object"
      })
  void ofEntriesThatAreWrongFailThem(String keys) {
    String[] parts = keys.split(" [|] ", 2);

    Ended ended = fetch("{\"url\":\"HOST/1\"," + parts[0] + "}\n");

    assertThat(ended.out())
        .contains("\"error\":\"invalid_url\"", parts[1])
        .doesNotContain("SECRET");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void ofBrokenLinesAreNotShown() {
    assertThat(fetch("{\"body\":\"SECRET\",\"url\":\n").out())
        .contains("\"error\":\"invalid_url\"")
        .doesNotContain("SECRET");
  }

  @Test
  void makeRequestsDifferForUnique() {
    fetch(
        """
        {"url":"HOST/1","json":1}
        {"url":"HOST/1","json":2}
        {"url":"HOST/1","body":"1"}
        {"url":"HOST/1","json":1}
        """,
        "--unique");

    assertThat(bodies).containsExactly("1", "2", "1");
  }
}

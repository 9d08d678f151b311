package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import fetch.warc.ArchivedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies on the wire. What is expected is what curl 7.88 sends for the same options. */
class RequestBodiesTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @TempDir private Path directory;
  private BodyServer server;
  private List<String> bodies;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    server = new BodyServer();
    bodies = server.bodies();
    file = directory.resolve("d.txt");
    Files.writeString(file, "a=1\r\nb=2\n");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Ended post(String path, String... options) {
    String[] words = Arrays.copyOf(options, options.length + 1);
    words[options.length] = server.url(path);
    Ended ended = InProcess.fetch("", words);
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended;
  }

  private String head() {
    return server.requests().getLast();
  }

  static Stream<Arguments> data() {
    return Stream.of(
        Arguments.of("a=1&b=2", new String[] {"-d", "a=1", "--data", "b=2"}),
        Arguments.of("", new String[] {"-d", ""}),
        Arguments.of("a=1b=2", new String[] {"-d", "@FILE"}),
        Arguments.of("x&a=1b=2", new String[] {"-d", "x", "-d", "@FILE"}),
        Arguments.of("a=1\r\nb=2\n", new String[] {"--data-binary", "@FILE"}),
        Arguments.of("@FILE", new String[] {"--data-raw", "@FILE"}),
        Arguments.of("a%2Bb%26c+d", new String[] {"--data-urlencode", "a+b&c d"}),
        Arguments.of("x%3Dy", new String[] {"--data-urlencode", "=x=y"}),
        Arguments.of("n=%C3%A9%2A~-._", new String[] {"--data-urlencode", "n=é*~-._"}),
        Arguments.of("a%3D1%0D%0Ab%3D2%0A", new String[] {"--data-urlencode", "@FILE"}),
        Arguments.of("m=a%3D1%0D%0Ab%3D2%0A", new String[] {"--data-urlencode", "m@FILE"}),
        Arguments.of(
            "c&b=1&a", new String[] {"--data-raw", "c", "--data-urlencode", "b=1", "-d", "a"}));
  }

  @ParameterizedTest
  @MethodSource("data")
  void areWhatCurlSendsForData(String expected, String... options) {
    String[] words =
        Arrays.stream(options)
            .map(word -> options[0].equals("--data-raw") ? word : word.replace("FILE", "" + file))
            .toArray(String[]::new);

    post("/x", words);

    assertThat(bodies).containsExactly(expected);
    assertThat(head())
        .startsWith("POST /x HTTP/1.1\r\n")
        .contains("\r\n" + FORM + "\r\n", "\r\nAccept: */*\r\n")
        .contains(
            "\r\nContent-Length: " + expected.getBytes(StandardCharsets.UTF_8).length + "\r\n");
  }

  @Test
  void ofJsonAreJoinedAndSayWhatTheyAre() {
    post("/x", "--json", "{\"a\":", "--json", "1}");

    assertThat(bodies).containsExactly("{\"a\":1}");
    assertThat(head())
        .contains("\r\nContent-Type: application/json\r\n", "\r\nAccept: application/json\r\n")
        .doesNotContain("*/*");
  }

  @Test
  void giveWayToHeadersOfTheUser() {
    post("/x", "--json", "1", "-H", "Content-Type: a/b", "-H", "Accept: c/d", "-X", "PUT");

    assertThat(head())
        .startsWith("PUT ")
        .contains("\r\nContent-Type: a/b\r\n", "\r\nAccept: c/d\r\n")
        .doesNotContain("json");
    post("/x", "-d", "1", "-H", "Content-Type:");
    assertThat(head()).doesNotContain("Content-Type");
  }

  @Test
  void goWithAnyMethod() {
    post("/x", "-X", "GET", "-d", "q");

    assertThat(head()).startsWith("GET /x ").contains("Content-Length: 1\r\n");
    assertThat(bodies).containsExactly("q");
  }

  @Test
  void comeFromStandardInput() {
    Ended ended = InProcess.fetch("a\nb", "-d", "@-", server.url("/x"));

    assertThat(ended.code()).isZero();
    assertThat(bodies).containsExactly("ab");
    assertThat(InProcess.fetch("a", "-d", "@-").err())
        .contains("--data: standard input cannot be both the list and the data");
    assertThat(InProcess.fetch("a", "-d", "@-", "-F", "a=@-", server.url("/")).err())
        .contains("--form and --data exclude each other");
    assertThat(InProcess.fetch("a", "-d", "@-", "--json", "@-", server.url("/")).err())
        .contains("standard input can be read only once");
  }

  @Test
  void goIntoTheQueryWithGet() {
    Ended ended = post("/x?z=1", "-G", "-d", "a=1", "--data-urlencode", "q=x%y", "-fjsonl");

    assertThat(head()).startsWith("GET /x?z=1&a=1&q=x%25y HTTP/1.1").doesNotContain("Content-");
    assertThat(ended.out()).contains("\"url\":\"" + server.url("/x?z=1&a=1&q=x%25y") + "\"");
    post("/x#part", "-I", "-G", "-d", "a=1");
    assertThat(head()).startsWith("HEAD /x?a=1 HTTP/1.1");
  }

  @Test
  void ofFormsAreThoseOfCurl() {
    post(
        "/x",
        "-F",
        "a=1",
        "-F",
        "f=@" + file,
        "-F",
        "t=<" + file,
        "-F",
        "g=@" + file + ";type=text/csv;filename=x\"y.csv",
        "-F",
        "c=x;type=text/plain; charset=utf-8",
        "-F",
        "k=\"a;b,\\\"c\"",
        "-F",
        "z=@\"" + file + "\";filename=\"u;v\"",
        "-F",
        "e=");

    String body = bodies.getFirst();
    String boundary = body.substring(0, body.indexOf('\r'));
    assertThat(boundary).matches("-{26}[0-9a-f]{16}");
    assertThat(head())
        .contains("Content-Type: multipart/form-data; boundary=" + boundary.substring(2) + "\r\n");
    String part = boundary + "\r\nContent-Disposition: form-data; name=";
    assertThat(body)
        .isEqualTo(
            part
                + "\"a\"\r\n\r\n1\r\n"
                + part
                + "\"f\"; filename=\"d.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                + "a=1\r\nb=2\n\r\n"
                + part
                + "\"t\"\r\n\r\na=1\r\nb=2\n\r\n"
                + part
                + "\"g\"; filename=\"x%22y.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                + "a=1\r\nb=2\n\r\n"
                + part
                + "\"c\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx\r\n"
                + part
                + "\"k\"\r\n\r\na;b,\"c\r\n"
                + part
                + "\"z\"; filename=\"u;v\"\r\nContent-Type: text/plain\r\n\r\n"
                + "a=1\r\nb=2\n\r\n"
                + part
                + "\"e\"\r\n\r\n\r\n"
                + boundary
                + "--\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-F a=1 -d b | --form and --data exclude each other",
        "-F a=1 -G | --form and --get exclude each other",
        "-F a | --form: it takes NAME=CONTENT, NAME=@FILE or NAME=<FILE",
        "-F a=b;c=d | --form: ;type= and ;filename= may follow the content",
        "-F a=@x,y | --form: a file name with a comma needs quotes",
        "-F a=@/none | --form: /none cannot be read: ",
        "-I -d a | --head and --data exclude each other; --get puts data into the URL",
        "-d @/none | --data: /none cannot be read: ",
        "--data-urlencode x@/none | --data-urlencode: /none cannot be read: ",
        "--json @/none | --json: /none cannot be read: "
      })
  void areRefusedWhereTheyMakeNoSense(String words) {
    String[] parts = words.split(" [|] ", 2);

    Ended ended = InProcess.fetch("", (parts[0] + " " + server.url("/")).split(" ", -1));

    assertThat(ended.err()).startsWith("fetch: " + parts[1]);
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"307", "308"})
  void areSentAgainWhereTheMethodStays(String status) {
    post("/" + status + "/x", "--data-binary", "@" + file);

    assertThat(bodies).containsExactly("a=1\r\nb=2\n", "a=1\r\nb=2\n");
    assertThat(head()).startsWith("POST /x ").contains(FORM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"301", "302", "303"})
  void areDroppedWhereTheMethodBecomesGet(String status) {
    post("/" + status + "/x", "-H", "Content-Type: text/x", "-d", "a");

    assertThat(bodies).containsExactly("a", "");
    assertThat(head()).startsWith("GET /x ").doesNotContain("Content-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"302", "307"})
  void ofJsonStillAcceptJsonAfterARedirect(String status) {
    post("/" + status + "/x", "--json", "{}");
    assertThat(head()).contains("Accept: application/json\r\n").doesNotContain("*/*");
    post("/" + status + "/x", "--json", "{}", "-H", "Accept: text/x");
    assertThat(head()).contains("Accept: text/x\r\n").doesNotContain("Accept: application");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=x | Content-Disposition: form-data\r\n\r\nx\r\n",
        "a=@- | name=\"a\"; filename=\"-\"\r\n\r\ninput\r\n",
        "a=@-;filename=b.txt | filename=\"b.txt\"\r\nContent-Type: text/plain\r\n\r\ninput\r\n",
        "a=b;filename=c | filename=\"c\"\r\n\r\nb\r\n",
        "a=b;filename=c.png | filename=\"c.png\"\r\nContent-Type: image/png\r\n\r\nb\r\n",
      })
  void ofFormsHaveNoTypeWhereCurlSendsNone(String words) {
    String[] parts = words.split(" [|] ", 2);

    Ended ended = InProcess.fetch("input", "-F", parts[0], server.url("/"));

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(bodies.getLast()).contains(parts[1]);
  }

  @Test
  void areShownInTheirOrder() throws IOException {
    Path warc = directory.resolve("a.warc.gz");

    post("/x", "-d", "1", "--data-raw", "2", "-d", "3", "--data-urlencode", "=4", "--warc=" + warc);

    assertThat(bodies).containsExactly("1&2&3&4");
    assertThat(ArchivedRecord.all(warc).getFirst().text())
        .contains("--data='***' --data-raw='***' --data='***' --data-urlencode='=***'");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 70_000, 8 << 20})
  void areInTheArchive(int length) throws IOException {
    Path large = directory.resolve("large");
    byte[] block = new byte[length];
    for (int i = 0; i < length; i++) {
      block[i] = (byte) "Cookie: x\n".charAt(i % 10);
    }
    Files.write(large, block);
    Path warc = directory.resolve("a.warc.gz");

    post("/307/x", "-b", "s=SECRET", "--data-binary", "@" + large, "--warc=" + warc);

    assertThat(bodies).extracting(String::length).containsExactly(length, length);
    List<ArchivedRecord> requests =
        ArchivedRecord.all(warc).stream().filter(r -> r.type().equals("request")).toList();
    assertThat(requests).hasSize(2);
    for (ArchivedRecord request : requests) {
      String text = request.text();
      assertThat(text.substring(text.indexOf("\r\n\r\n") + 4)).isEqualTo(bodies.getFirst());
      assertThat(text.substring(0, text.indexOf("\r\n\r\n")))
          .contains("POST /", "Cookie: ***")
          .doesNotContain("SECRET");
      assertThat(request.header("WARC-Block-Digest")).isEqualTo(digest(text));
    }
  }

  private static String digest(String text) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return "sha1:"
          + new Base32().encodeToString(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void areInNoOtherPartOfTheArchive() throws IOException {
    Path warc = directory.resolve("a.warc.gz");

    post("/x", "-d", "a=SECRET", "--data-urlencode", "b=SECRET", "--warc=" + warc);

    ArchivedRecord information = ArchivedRecord.all(warc).getFirst();
    assertThat(information.type()).isEqualTo("warcinfo");
    assertThat(information.text())
        .contains("--data='***'", "--data-urlencode='b=***'")
        .doesNotContain("SECRET");
  }

  @Test
  void thatChangeDuringARunFailTheirEntries() throws IOException {
    try (RawServer shortens =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            byte[] _ = connection.readBody(head);
            Files.writeString(file, "a");
            connection.send(BodyServer.OK);
          }
        })) {
      Ended ended =
          InProcess.fetch(
              "", "-w1", "--data-binary", "@" + file, shortens.url("/1"), shortens.url("/2"));

      assertThat(ended.out().lines().toList().get(0)).startsWith("200 ");
      assertThat(ended.out().lines().toList().get(1))
          .startsWith("--- ")
          .contains(" io: " + file + " changed while the run lasted");
    }
  }
}

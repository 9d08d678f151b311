package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Handshake;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts see the client certificate of a section, in handshakes with a server. */
class HostCertificatesTest {
  private static final List<String> HOSTS = List.of("a.example", "b.example", "c.example");

  @TempDir private Path directory;
  private final MockWebServer server = new MockWebServer();
  private final HeldCertificate first = certificate("first");
  private final HeldCertificate second = certificate("second");

  private static HeldCertificate certificate(String name) {
    return new HeldCertificate.Builder().commonName(name).build();
  }

  /** One server for all names, so that connections of HTTP/2 could be shared among them. */
  @BeforeEach
  void start() throws IOException {
    HeldCertificate.Builder names = new HeldCertificate.Builder();
    HOSTS.forEach(names::addSubjectAlternativeName);
    HeldCertificate own = names.build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(own)
            .addTrustedCertificate(first.certificate())
            .addTrustedCertificate(second.certificate())
            .build()
            .sslSocketFactory());
    server.requestClientAuth();
    server.setDispatcher(new NamingTheClient());
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    Files.writeString(directory.resolve("ca.pem"), own.certificatePem());
    Files.writeString(
        directory.resolve("first.pem"), first.certificatePem() + first.privateKeyPkcs8Pem());
    Files.writeString(directory.resolve("second.pem"), second.certificatePem());
    Files.writeString(directory.resolve("second.key"), second.privateKeyPkcs8Pem());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Redirects {@code /to/HOST} to that host, and says elsewhere who the client is. */
  private final class NamingTheClient extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getTarget();
      if (path.startsWith("/to/")) {
        String host = path.substring("/to/".length());
        return new MockResponse.Builder().code(302).addHeader("Location", url(host, "/x")).build();
      }
      Handshake handshake = request.getHandshake();
      Principal client = handshake == null ? null : handshake.peerPrincipal();
      String name = client == null ? "nobody" : client.getName();
      return new MockResponse.Builder().addHeader("Content-Type", name).build();
    }
  }

  private String url(String host, String path) {
    return "https://" + host + ":" + server.getPort() + path;
  }

  private List<String> fetch(String version, String config, String... urls) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("XDG_CONFIG_HOME", directory.toString());
    Files.createDirectories(directory.resolve("fetch"));
    Files.writeString(
        directory.resolve("fetch/config"), config.replace("DIR", directory.toString()));
    List<String> arguments = new ArrayList<>(List.of(version, "--ordered", "-fcsv", "-sserial"));
    arguments.addAll(List.of("--cacert", directory.resolve("ca.pem").toString()));
    HOSTS.forEach(host ->
        arguments.addAll(List.of("--resolve", host + ":" + server.getPort() + ":127.0.0.1")));
    arguments.addAll(List.of("--fields=response_code,content_type", "-"));
    Ended ended =
        InProcess.fetch(
            String.join("\n", urls).getBytes(StandardCharsets.UTF_8),
            environment,
            arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.records().subList(1, ended.records().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void isSeenByItsHostAndNoOther(String version) throws IOException {
    String[] urls = {url("a.example", "/"), url("b.example", "/"), url("a.example", "/2")};

    assertThat(fetch(version, "[a.example]\ncert = DIR/first.pem\n", urls))
        .containsExactly("200,CN=first", "200,nobody", "200,CN=first");
    assertThat(fetch(version, "[a.example]\ncert = DIR/first.pem\n", urls[1], urls[0], urls[1]))
        .containsExactly("200,nobody", "200,CN=first", "200,nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void isNotSeenByTheTargetOfARedirect(String version) throws IOException {
    assertThat(
            fetch(
                version,
                "[a.example]\ncert = DIR/first.pem\n",
                url("a.example", "/to/b.example"),
                url("b.example", "/to/a.example"),
                url("b.example", "/to/c.example")))
        .containsExactly("200,nobody", "200,CN=first", "200,nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void differsBetweenHostsAndFromThatOfTheRun(String version) throws IOException {
    String config =
        """
        cert = DIR/first.pem
        credentials-for = a.example
        [b.example]
        cert = DIR/second.pem
        key = DIR/second.key
        """;

    assertThat(
            fetch(
                version,
                config,
                url("a.example", "/to/b.example"),
                url("b.example", "/to/c.example"),
                url("b.example", "/to/a.example"),
                url("a.example", "/")))
        .containsExactly("200,CN=second", "200,nobody", "200,CN=first", "200,CN=first");
  }
}

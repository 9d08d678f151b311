package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.Certificates;
import fetch.http.RawServer;
import fetch.http.SocksProxy;
import fetch.http.dns.FakeDnsServer;
import fetch.http.dns.FakeDnsServer.Reply;
import fetch.http.dns.FakeDnsServer.Resource;
import fetch.http.settings.PublicKeyPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The options of the network, as the program has them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the many loopback addresses of Linux")
class NetworkIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final HandshakeCertificates SERVER = Certificates.server("127.0.0.1");

  @TempDir private Path directory;

  private Path authority() throws IOException {
    return Files.writeString(directory.resolve("ca.pem"), Certificates.AUTHORITY.certificatePem());
  }

  private static Reply loopback(FakeDnsServer.Asked asked) {
    return asked.type() == FakeDnsServer.A
        ? Reply.of(new Resource(asked.name(), FakeDnsServer.A, 60, "127.0.0.1"))
        : Reply.of();
  }

  private static RawServer secure() throws IOException {
    return RawServer.start(connection -> {
      connection.startTls(SERVER.sslSocketFactory());
      connection.readRequest();
      connection.send(OK);
    });
  }

  @Test
  void looksNamesUpAtDnsServers() throws IOException {
    try (FakeDnsServer dns = new FakeDnsServer(NetworkIT::loopback);
        RawServer server = RawServer.answering(OK)) {
      Ended ended =
          Program.run(
              "--dns-servers=127.0.0.1:" + dns.address().getPort(),
              "--summary=json",
              "http://www.example.org:" + server.port() + "/");
      assertThat(ended.out()).startsWith("200 2 ");
      assertThat(ended.err()).contains("\"lookup_share\":0.");
      assertThat(dns.queries()).hasSize(2);
    }
  }

  @Test
  void saysThatLookUpsTookMostOfTheTime() throws IOException {
    try (FakeDnsServer dns = new FakeDnsServer(asked -> null)) {
      Ended ended =
          Program.run(
              "--dns-servers=127.0.0.1:" + dns.address().getPort(),
              "-m2",
              "--retry=0",
              "http://www.example.org/");
      assertThat(ended.err()).contains("\nworkers waited for name look-ups ");
    }
  }

  @Test
  void looksNamesUpByDnsOverHttps() throws IOException {
    try (MockWebServer doh = new MockWebServer();
        RawServer server = RawServer.answering(OK)) {
      doh.useHttps(SERVER.sslSocketFactory());
      doh.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              byte[] query = request.getBody().toByteArray();
              Reply reply =
                  query[query.length - 3] == FakeDnsServer.A
                      ? Reply.of(new Resource("www.example.org", FakeDnsServer.A, 60, "127.0.0.1"))
                      : Reply.of();
              return new MockResponse.Builder()
                  .body(new Buffer().write(FakeDnsServer.toBytes(query, reply)))
                  .build();
            }
          });
      doh.start();
      Ended ended =
          Program.run(
              "--doh-url=https://127.0.0.1:" + doh.getPort() + "/dns-query",
              "--cacert=" + authority(),
              "http://www.example.org:" + server.port() + "/");
      assertThat(ended.out()).startsWith("200 2 ");
    }
  }

  @Test
  void leavesNamesToTheProxyOrNot() throws IOException {
    try (SocksProxy proxy = new SocksProxy("jo:secret");
        RawServer server = RawServer.answering(OK)) {
      String port = ":" + server.port() + "/";
      assertThat(
              Program.run(
                      "--socks5-hostname=" + proxy.address(),
                      "--proxy-user=jo:secret",
                      "http://www.example.org" + port)
                  .out())
          .startsWith("200 2 ");
      assertThat(
              Program.run(
                      "--socks5=" + proxy.address(),
                      "-Ujo:secret",
                      "--connect-to=www.example.org::127.0.0.9:",
                      "http://www.example.org" + port)
                  .out())
          .startsWith("200 2 ");
      assertThat(
              Program.run("--socks5=" + proxy.address(), "-Ujo:wrong", "http://127.0.0.1" + port)
                  .out())
          .contains("refused the user and password")
          .doesNotContain("wrong");
    }
  }

  @Test
  void connectsFromAndToWhereItIsTold() throws IOException {
    try (Site site = new Site()) {
      Ended ended =
          Program.run(
              "--interface=127.0.0.8",
              "--connect-to=::127.0.0.1:" + site.port(),
              "-fjsonl",
              "--fields=response_code,remote_ip,remote_port",
              "http://www.example.org/a");
      assertThat(ended.out())
          .isEqualTo(
              "{\"response_code\":200,\"remote_ip\":\"127.0.0.1\",\"remote_port\":"
                  + site.port()
                  + "}\n");
    }
  }

  @Test
  void keepsToTheRate() throws IOException {
    String body = "x".repeat(50_000);
    String response = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    try (RawServer server = RawServer.answering(response)) {
      long start = System.nanoTime();
      String url = server.url("/");
      assertThat(Program.run("--limit-rate=100k", url, url, url, url).out().lines())
          .hasSize(4)
          .allMatch(line -> line.startsWith("200 50000 "));
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(1600).toNanos());
    }
  }

  @Test
  void acceptsThePinnedKeyOnly() throws IOException {
    String pin =
        PublicKeyPins.pin(SERVER.keyManager().getCertificateChain("private")[0].getPublicKey());
    String other = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    try (RawServer server = secure()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      String[] options = {
        "--cacert=" + authority(),
        "--tls-max=1.2",
        "--ciphers=ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA",
        "-fjsonl",
        "--fields=error,exitcode"
      };
      assertThat(Program.run(with(options, "--pinnedpubkey=" + other + ";" + pin, url)).out())
          .isEqualTo("{\"error\":null,\"exitcode\":0}\n");
      assertThat(Program.run(with(options, "-k", "--pinnedpubkey=" + other, url)).out())
          .isEqualTo("{\"error\":\"tls\",\"exitcode\":90}\n");
    }
  }

  private static String[] with(String[] options, String... more) {
    return Stream.of(options, more).flatMap(Arrays::stream).toArray(String[]::new);
  }
}

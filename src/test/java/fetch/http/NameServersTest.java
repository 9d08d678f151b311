package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.dns.FakeDnsServer;
import fetch.http.dns.FakeDnsServer.Reply;
import fetch.http.dns.FakeDnsServer.Resource;
import fetch.http.settings.NameServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Name servers of the user's, as exchanges meet them. */
@Timeout(60)
class NameServersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static Reply loopback(FakeDnsServer.Asked asked) {
    return asked.type() == FakeDnsServer.A
        ? Reply.of(new Resource(asked.name(), FakeDnsServer.A, 60, "127.0.0.1"))
        : Reply.of();
  }

  private static NameServers at(FakeDnsServer server) {
    return new NameServers.Dns(List.of(server.address()));
  }

  @Test
  void aServerOfDnsIsAskedOncePerName() throws IOException {
    try (FakeDnsServer dns = new FakeDnsServer(NameServersTest::loopback);
        RawServer server = RawServer.answering(OK);
        OkHttpExchange exchange = Exchanges.byDefault().over(at(dns), null).build()) {
      for (int i = 0; i < 3; i++) {
        String url = "http://www.example.org:" + server.port() + "/" + i;
        assertThat(exchange.execute(Exchanges.request(url)).outcome())
            .isEqualTo(new Outcome.Responded(200));
      }
      assertThat(dns.queries()).hasSize(2);
    }
  }

  @Test
  void theWaitForASilentServerIsCounted() throws IOException {
    try (FakeDnsServer dns = new FakeDnsServer(asked -> null);
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .over(at(dns), null)
                .connectTimeout(Duration.ofMillis(300))
                .build()) {
      assertThat(exchange.lookupNanos()).isZero();
      exchange.execute(Exchanges.request("http://www.example.org/"));
      assertThat(exchange.lookupNanos()).isGreaterThan(Duration.ofMillis(250).toNanos());
    }
  }

  @Test
  void whatItSaysMustBePublic() throws IOException {
    try (FakeDnsServer dns = new FakeDnsServer(NameServersTest::loopback)) {
      assertThat(
              Exchanges.byDefault()
                  .over(at(dns), null)
                  .denyPrivate()
                  .failure("http://www.example.org/")
                  .message())
          .isEqualTo("www.example.org is at 127.0.0.1, a loopback address");
    }
  }

  @Test
  void fixedAddressesComeFirst() throws IOException {
    try (FakeDnsServer dns = new FakeDnsServer(asked -> Reply.failing(3));
        RawServer server = RawServer.answering(OK)) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .over(at(dns), null)
              .resolve("www.example.org:" + server.port() + ":127.0.0.1");
      assertThat(exchanges.fetch("http://www.example.org:" + server.port() + "/").outcome())
          .isEqualTo(new Outcome.Responded(200));
      assertThat(dns.queries()).isEmpty();
      Outcome.Failed failure = exchanges.failure("http://www.example.org/");
      assertThat(failure.kind()).isEqualTo(FailureKind.DNS);
      assertThat(failure.message()).isEqualTo("www.example.org: there is no such name (NXDOMAIN)");
    }
  }

  /** A server of DNS over HTTPS that knows every name, at loopback. */
  private static MockWebServer doh(int status) throws IOException {
    MockWebServer server = new MockWebServer();
    server.useHttps(Certificates.server("127.0.0.1").sslSocketFactory());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            byte[] query = request.getBody().toByteArray();
            boolean ipv4 = query[query.length - 3] == FakeDnsServer.A;
            Reply reply =
                ipv4
                    ? Reply.of(new Resource("www.example.org", FakeDnsServer.A, 60, "127.0.0.1"))
                    : Reply.of();
            return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/dns-message")
                .body(new Buffer().write(FakeDnsServer.toBytes(query, reply)))
                .build();
          }
        });
    server.start();
    return server;
  }

  private static Exchanges asking(MockWebServer doh) {
    return Exchanges.byDefault()
        .trusting(Certificates.authorities())
        .over(NameServers.Doh.parse("https://127.0.0.1:" + doh.getPort() + "/dns-query"), null);
  }

  @Test
  void aServerOfDnsOverHttpsIsAskedByPost() throws Exception {
    try (MockWebServer doh = doh(200);
        RawServer server = RawServer.answering(OK)) {
      assertThat(asking(doh).fetch("http://www.example.org:" + server.port() + "/").outcome())
          .isEqualTo(new Outcome.Responded(200));
      RecordedRequest request = doh.takeRequest();
      assertThat(request.getRequestLine()).startsWith("POST /dns-query ");
      assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/dns-message");
      assertThat(request.getHeaders().get("Accept")).isEqualTo("application/dns-message");
      assertThat(request.getBody().substring(0, 2).hex()).isEqualTo("0000");
    }
  }

  @Test
  void aFailureOfDnsOverHttpsIsSaid() throws IOException {
    try (MockWebServer doh = doh(503)) {
      Outcome.Failed failure = asking(doh).failure("http://www.example.org/");
      assertThat(failure.kind()).isEqualTo(FailureKind.DNS_TEMPORARY);
      assertThat(failure.message())
          .isEqualTo("www.example.org: the DoH server 127.0.0.1 responded with the status 503");
    }
  }

  @Test
  void theCertificateOfDnsOverHttpsIsCheckedEvenWhereAnyWillDo() throws IOException {
    try (MockWebServer doh = doh(200)) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .insecure()
              .over(NameServers.Doh.parse("https://127.0.0.1:" + doh.getPort() + "/"), null)
              .failure("http://www.example.org/");
      assertThat(failure.kind()).isEqualTo(FailureKind.DNS_TEMPORARY);
      assertThat(failure.message()).contains("the DoH server 127.0.0.1 did not respond: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, /1.1.1.1:53",
    "1.1.1.1:5353, /1.1.1.1:5353",
    "::1, /[0:0:0:0:0:0:0:1]:53",
    "[::1], /[0:0:0:0:0:0:0:1]:53",
    "[::1]:5353, /[0:0:0:0:0:0:0:1]:5353",
  })
  void aServerIsAnAddressAndAPort(String text, String server) {
    assertThat(NameServers.Dns.parse(text).servers().toString()).isEqualTo("[" + server + "]");
    assertThat(NameServers.Dns.parse("8.8.8.8, " + text).servers()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dns.example", "1.1.1.1,", "1.1.1.1:0", "1.1.1.1:65536", "[::1"})
  void whatIsNoServerIsRefused(String text) {
    assertThatThrownBy(() -> NameServers.Dns.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

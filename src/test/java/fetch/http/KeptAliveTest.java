package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptAliveTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
  private static final String FORGED =
      "HTTP/1.1 200 OK\r\nContent-Type: text/forged\r\nContent-Length: 6\r\n\r\nforged";

  @Test
  void usesAConnectionAgain() throws IOException {
    try (RawServer server = RawServer.answering(OK);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(exchange.execute(request(server.url("/" + i))).outcome())
            .isEqualTo(new Outcome.Responded(200));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** The first answer on each connection is followed by bytes that nobody asked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + FORGED,
        OK + "x",
        OK + "\r\n",
        OK + "HTTP/1.1 200 OK\r\nX-",
        CHUNKED + "\r\n2\r\nok\r\n0\r\n\r\n" + FORGED,
        "HTTP/1.1 204 No Content\r\n\r\n" + FORGED,
        "HTTP/1.1 304 Not Modified\r\n\r\n" + FORGED,
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + FORGED,
        "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n" + FORGED
      })
  void bytesAfterAnAnswerAreNotTheNextAnswer(String first) throws IOException {
    try (RawServer server = answeringFirst(first);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(second.response().contentType()).isNull();
      assertThat(second.body().downloaded()).isEqualTo(2);
      assertThat(server.requests().getLast()).startsWith("GET /2 ");
    }
  }

  private static RawServer answeringFirst(String first) throws IOException {
    return RawServer.start(connection -> {
      connection.readRequest();
      connection.send(connection.number() == 1 ? first : OK);
      while (connection.readRequest() != null) {
        connection.send(OK);
      }
    });
  }

  @Test
  void theBodyOfAHeadIsNotTheNextAnswer() throws IOException {
    try (RawServer server = answeringFirst(FORGED + FORGED);
        OkHttpExchange exchange = Exchanges.byDefault().method("HEAD").build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(second.response().contentType()).isNull();
    }
  }

  /**
   * Bytes that come while the connection is idle, as the 408 that some servers say goodbye with.
   */
  @Test
  void bytesOnAnIdleConnectionAreNotTheNextAnswer() throws Exception {
    CountDownLatch forgery = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(OK);
              if (connection.number() == 1) {
                forgery.await();
                connection.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                sent.countDown();
              }
              connection.awaitClose();
            });
        OkHttpExchange exchange = Exchanges.byDefault().method("POST").build()) {
      exchange.execute(request(server.url("/1")));
      forgery.countDown();
      sent.await();

      assertThat(exchange.execute(request(server.url("/2"))).outcome())
          .isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void bytesAfterAnAnswerOverTlsAreNotTheNextAnswer(TlsLibrary library) throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
            RawServer.start(connection -> {
              connection.startTls(certificates.sslSocketFactory());
              connection.readRequest();
              connection.send(connection.number() == 1 ? OK + FORGED : OK);
              connection.awaitClose();
            });
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .library(library)
                .insecure()
                .version(HttpVersion.HTTP_1_1)
                .build()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      exchange.execute(request(url));
      Attempt second = exchange.execute(request(url));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(second.response().contentType()).isNull();
    }
  }

  /** In a record of its own, such bytes wait where only the socket below TLS can see them. */
  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void bytesAfterAnAnswerInARecordOfTheirOwnAreNotTheNextAnswer(TlsLibrary library)
      throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
            RawServer.start(connection -> {
              connection.startTls(certificates.sslSocketFactory());
              connection.readRequest();
              connection.send(OK);
              if (connection.number() == 1) {
                connection.send(FORGED);
                sent.countDown();
              }
              connection.awaitClose();
            });
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .library(library)
                .insecure()
                .version(HttpVersion.HTTP_1_1)
                .build()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      exchange.execute(request(url));
      sent.await();
      Attempt second = exchange.execute(request(url));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(second.response().contentType()).isNull();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  /** The tickets that a TLS 1.3 server sends of its own accord are no reason to give up. */
  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void isUsedAgainOverTls(TlsLibrary library) throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
            RawServer.start(connection -> {
              connection.startTls(certificates.sslSocketFactory());
              while (connection.readRequest() != null) {
                connection.send(OK);
              }
            });
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .library(library)
                .insecure()
                .version(HttpVersion.HTTP_1_1)
                .build()) {
      for (int i = 0; i < 5; i++) {
        exchange.execute(request("https://127.0.0.1:" + server.port() + "/"));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isRetriedUnseenWhenTheServerHasClosedMeanwhile() throws IOException {
    try (RawServer server = RawServer.answeringOnce(OK);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 1; i <= 5; i++) {
        assertThat(exchange.execute(request(server.url("/"))).outcome())
            .isEqualTo(new Outcome.Responded(200));
        assertThat(server.requests()).hasSize(i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void isRetriedUnseenWhenTheServerClosesAsTheNextRequestComes(String method) throws IOException {
    String answer = method.equals("HEAD") ? "HTTP/1.1 200 OK\r\n\r\n" : OK;
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(answer);
              connection.readRequest();
            });
        OkHttpExchange exchange = Exchanges.byDefault().method(method).build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void isRetriedUnseenWhenTheServerResetsAsTheNextRequestComes() throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(OK);
              connection.readRequest();
              connection.reset();
            });
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void isRetriedOnlyOnceAndOnAFreshConnection() throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              if (connection.number() <= 2) {
                connection.readRequest();
                connection.send(OK);
              }
              connection.readRequest();
            });
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));
      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));

      Attempt third = exchange.execute(request(server.url("/3")));
      assertThat(failed(third).kind()).isEqualTo(FailureKind.EMPTY_REPLY);
      assertThat(server.connections()).isEqualTo(3);
      assertThat(server.requests()).filteredOn(head -> head.startsWith("GET /3")).hasSize(1);
    }
  }

  @Test
  void aPostIsNotSentAgain() throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(OK);
              connection.readRequest();
            });
        OkHttpExchange exchange = Exchanges.byDefault().method("POST").build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));

      assertThat(failed(second).kind()).isEqualTo(FailureKind.EMPTY_REPLY);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aFreshConnectionThatGivesNothingIsNotRetried() throws IOException {
    try (RawServer server = RawServer.answeringOnce("")) {
      assertThat(Exchanges.byDefault().failure(server.url("/")).kind())
          .isEqualTo(FailureKind.EMPTY_REPLY);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aCutHeaderSectionIsNotRetried() throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(OK);
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-");
            });
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      exchange.execute(request(server.url("/1")));
      Attempt second = exchange.execute(request(server.url("/2")));

      assertThat(failed(second).kind()).isEqualTo(FailureKind.PARTIAL);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** RFC 9112, section 9.3: HTTP/1.0 closes unless it says otherwise, 1.1 the other way round. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 2\r\n\r\nok",
        CHUNKED + "Content-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n"
      })
  void isNotUsedAgainWhenTheServerMayClose(String answer) throws IOException {
    try (RawServer server = RawServer.answering(answer);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(exchange.execute(request(server.url("/"))).body().downloaded()).isEqualTo(2);
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void anOldServerMayKeepTheConnectionIfItSaysSo() throws IOException {
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok");
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      exchange.execute(request(server.url("/")));
      assertThat(exchange.execute(request(server.url("/"))).response().httpVersion())
          .isEqualTo("1.0");
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}

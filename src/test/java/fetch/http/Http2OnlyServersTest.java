package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static fetch.http.Http2Frames.headersOnly;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges.Way;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers without HTTP/1.1, which the first requests do not offer HTTP/2. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
@Timeout(60)
class Http2OnlyServersTest {
  private static final int HTTP_1_1_REQUIRED = 13;
  private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};

  @Parameter private TlsLibrary library;

  /** What a server does if it is not offered HTTP/2. */
  enum Refusal {
    /** As RFC 7301 requires, section 3.2. */
    REFUSES_THE_HANDSHAKE {
      @Override
      void prepare(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
      }

      @Override
      void misunderstand(RawServer.Connection connection) {}
    },
    /** As some do with another alert than the one of RFC 7301. */
    FAILS_THE_HANDSHAKE {
      @Override
      void startTls(RawServer.Connection connection, SSLSocketFactory tls) throws IOException {
        byte[] hello = ClientHello.record(connection.socket().getInputStream());
        if (!ClientHello.of(hello).offersHttp2()) {
          connection.send(HANDSHAKE_FAILURE);
          throw new IOException("no protocol in common");
        }
        connection.startTls(tls, hello, this::prepare);
      }

      @Override
      void misunderstand(RawServer.Connection connection) {}
    },
    CLOSES {
      @Override
      void misunderstand(RawServer.Connection connection) {}
    },
    CLOSES_AFTER_THE_REQUEST {
      @Override
      void misunderstand(RawServer.Connection connection) throws IOException {
        connection.readRequest();
      }
    },
    SENDS_SETTINGS {
      @Override
      void misunderstand(RawServer.Connection connection) throws IOException {
        connection.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.NOTHING));
        connection.readRequest();
        connection.send(Http2Frames.goAway(0, 1));
      }
    };

    /** Agrees on HTTP/2 or nothing, as servers in Go and Python do that speak nothing else. */
    void prepare(SSLSocket socket) {
      socket.setHandshakeApplicationProtocolSelector(
          (connection, offered) -> offered.contains("h2") ? "h2" : "");
    }

    void startTls(RawServer.Connection connection, SSLSocketFactory tls) throws IOException {
      connection.startTls(tls, this::prepare);
    }

    abstract void misunderstand(RawServer.Connection connection) throws IOException;
  }

  private static RawServer server(Refusal refusal) throws IOException {
    return server(refusal, 1, Http2OnlyServersTest::ok);
  }

  private static void ok(int stream, RawServer.Connection connection) throws IOException {
    connection.send(headersOnly(stream, Http2Frames.status200()));
  }

  /**
   * A server.
   *
   * @param together it holds back this many connections until all of them are made
   */
  private static RawServer server(Refusal refusal, int together, Http2Frames.Reply reply)
      throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    CountDownLatch all = new CountDownLatch(together);
    return RawServer.start(connection -> {
      all.countDown();
      all.await(30, TimeUnit.SECONDS);
      refusal.startTls(connection, certificates.sslSocketFactory());
      SSLSocket tls = (SSLSocket) connection.socket();
      if (tls.getApplicationProtocol().isEmpty()) {
        refusal.misunderstand(connection);
        return;
      }
      Http2Frames.serve(connection, reply);
    });
  }

  private Exchanges exchanges() {
    return Exchanges.byDefault()
        .library(library)
        .trusting(Certificates.authorities())
        .version(HttpVersion.ADAPTIVE);
  }

  private static String url(RawServer server, String path) {
    return "https://127.0.0.1:" + server.port() + path;
  }

  private static void expectHttp2(Attempt attempt) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.response().httpVersion()).hasToString("2");
  }

  @ParameterizedTest
  @EnumSource
  void getsHttp2FromTheSecondConnectionOn(Refusal refusal) throws IOException {
    try (RawServer server = server(refusal);
        OkHttpExchange exchange = exchanges().build()) {
      for (int n = 0; n < 3; n++) {
        expectHttp2(exchange.execute(request(url(server, "/" + n))));
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  /** Two offer HTTP/1.1 only; the others find a busy host. */
  @ParameterizedTest
  @CsvSource({
    "2, REFUSES_THE_HANDSHAKE",
    "20, REFUSES_THE_HANDSHAKE",
    "2, FAILS_THE_HANDSHAKE",
    "20, FAILS_THE_HANDSHAKE",
    "2, CLOSES",
    "2, CLOSES_AFTER_THE_REQUEST",
    "20, CLOSES_AFTER_THE_REQUEST",
    "2, SENDS_SETTINGS"
  })
  void allThatBeginTogetherGetHttp2(int requests, Refusal refusal) throws IOException {
    for (Way way : Way.values()) {
      try (RawServer server = server(refusal, requests, Http2OnlyServersTest::ok);
          OkHttpExchange exchange = exchanges().build()) {
        fetchTogether(way, exchange, requests, url(server, "/"));
        assertThat(server.connections()).isBetween(requests, 2 * requests);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSES_THE_HANDSHAKE", "CLOSES_AFTER_THE_REQUEST"})
  void allThatAreRedirectedTogetherGetHttp2(Refusal refusal) throws IOException {
    int requests = 8;
    for (Way way : Way.values()) {
      try (RawServer server = server(refusal, requests, Http2OnlyServersTest::ok);
          RawServer start = redirectingTo(url(server, "/end"));
          OkHttpExchange exchange = exchanges().build()) {
        fetchTogether(way, exchange, requests, start.url("/"));
        assertThat(server.connections()).isBetween(requests, 2 * requests);
        assertThat(start.requests()).hasSize(requests);
      }
    }
  }

  private static RawServer redirectingTo(String location) throws IOException {
    return RawServer.answering(
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
  }

  private static void fetchTogether(Way way, Exchange exchange, int requests, String url) {
    List<CompletableFuture<Attempt>> attempts =
        IntStream.range(0, requests).mapToObj(n -> way.start(exchange, request(url + n))).toList();
    attempts.forEach(attempt -> expectHttp2(attempt.join()));
  }

  /** Its request could not be sent again. */
  @Test
  void getsHttp2AtOnceForAPost() throws IOException {
    try (RawServer server = server(Refusal.CLOSES_AFTER_THE_REQUEST);
        OkHttpExchange exchange = exchanges().method("POST").build()) {
      expectHttp2(exchange.execute(request(url(server, "/"))));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** It requires a version that it does not speak. */
  @ParameterizedTest
  @EnumSource(names = {"REFUSES_THE_HANDSHAKE", "CLOSES_AFTER_THE_REQUEST"})
  void isNotTriedForeverIfItRequiresHttp11(Refusal refusal) throws IOException {
    try (RawServer server =
            server(
                refusal,
                1,
                (stream, connection) ->
                    connection.send(Http2Frames.reset(stream, HTTP_1_1_REQUIRED)));
        OkHttpExchange exchange = exchanges().build()) {
      assertThat(failed(exchange.execute(request(url(server, "/")))).kind())
          .isIn(FailureKind.EMPTY_REPLY, FailureKind.TLS_HANDSHAKE);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsIfTheUserWantsHttp11(Refusal refusal) throws IOException {
    try (RawServer server = server(refusal);
        OkHttpExchange exchange = exchanges().version(HttpVersion.HTTP_1_1).build()) {
      failed(exchange.execute(request(url(server, "/"))));
      boolean javasTls = refusal == Refusal.FAILS_THE_HANDSHAKE && library == TlsLibrary.NATIVE;
      assertThat(server.connections()).isEqualTo(javasTls ? 2 : 1);
    }
  }
}

package fetch.http;

import fetch.http.dns.NameService;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The places where an attempt can be held up for ever. */
public enum Stall {
  LOOKUP("the name was not resolved") {
    @Override
    public Place open() {
      CountDownLatch asked = new CountDownLatch(1);
      NameService hanging =
          host -> {
            asked.countDown();
            return hang(host);
          };
      return new Place(
          "http://slow.example/",
          Exchanges.byDefault().names(hanging),
          () -> {},
          () -> asked.getCount() == 0);
    }
  },
  CONNECT("no connection") {
    @Override
    public Place open() throws IOException {
      FullBacklog server = new FullBacklog();
      return new Place(
          "http://127.0.0.1:" + server.port() + "/", Exchanges.byDefault(), server, () -> true);
    }
  },
  CONNECT_TO_ALL_ADDRESSES("no connection") {
    @Override
    public Place open() throws IOException {
      FullBacklog server = new FullBacklog();
      NameService twice =
          host -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.1"));
      return new Place(
          "https://two.example:" + server.port() + "/",
          Exchanges.byDefault().names(twice),
          server,
          () -> true);
    }
  },
  SOCKS("no connection") {
    @Override
    public Place open() throws IOException {
      RawServer server = RawServer.start(RawServer.Connection::awaitClose);
      return new Place(
          "http://a.example/",
          Exchanges.byDefault().proxy("socks5h://127.0.0.1:" + server.port()),
          server,
          () -> server.connections() > 0);
    }
  },
  TUNNEL("no connection") {
    @Override
    public Place open() throws IOException {
      RawServer server = RawServer.start(RawServer.Connection::awaitClose);
      return new Place(
          "https://a.example/",
          Exchanges.byDefault().proxy("127.0.0.1:" + server.port()),
          server,
          () -> server.connections() > 0);
    }
  },
  HANDSHAKE("the TLS handshake did not finish") {
    @Override
    public Place open() throws IOException {
      RawServer server = RawServer.start(RawServer.Connection::awaitClose);
      return new Place(
          "https://127.0.0.1:" + server.port() + "/",
          Exchanges.byDefault(),
          server,
          () -> server.connections() > 0);
    }
  },
  RESPONSE("no response") {
    @Override
    public Place open() throws IOException {
      return requested("");
    }
  },
  HTTP_2_RESPONSE("no response") {
    @Override
    public Place open() throws IOException {
      RawServer server =
          RawServer.start(connection -> {
            connection.readRequest();
            connection.send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // settings, all default
            connection.awaitClose();
          });
      return new Place(
          server.url("/"),
          Exchanges.byDefault().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE),
          server,
          () -> !server.requests().isEmpty());
    }
  },
  INTERIM_RESPONSES("no response") {
    @Override
    public Place open() throws IOException {
      return dripping("", "HTTP/1.1 100 Continue\r\n\r\n");
    }
  },
  HEADERS("no response") {
    @Override
    public Place open() throws IOException {
      return dripping("HTTP/1.1 200 OK\r\n", "X");
    }
  },
  BODY("the body was incomplete") {
    @Override
    public Place open() throws IOException {
      return requested("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    }
  },
  DRIPPING_BODY("the body was incomplete") {
    @Override
    public Place open() throws IOException {
      return dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "x");
    }
  },
  DRIPPING_COMPRESSED_BODY("the body was incomplete") {
    @Override
    public Place open() throws IOException {
      return dripping("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\u000b\u0002", "\u0080");
    }
  },
  ENDLESS_BODY("the body was incomplete") {
    @Override
    public Place open() throws IOException {
      RawServer server =
          RawServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
              connection.send(new byte[10_000]);
              pause(1);
            }
          });
      return requested(server);
    }
  },
  ENDLESS_REDIRECTS("no response") {
    @Override
    public Place open() throws IOException {
      RawServer server =
          RawServer.start(connection -> {
            while (connection.readRequest() != null) {
              pause(200);
              connection.send("HTTP/1.1 302 X\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
            }
          });
      return requested(server);
    }
  };

  /**
   * A server that is of no help.
   *
   * @param reached tells whether an attempt has come to where it is held up, as far as one can see
   */
  public record Place(String url, Exchanges exchanges, Closeable server, BooleanSupplier reached)
      implements Closeable {
    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private final String pending;

  Stall(String pending) {
    this.pending = pending;
  }

  /** What a timeout is said to be about. */
  public String pending() {
    return pending;
  }

  public abstract Place open() throws IOException;

  private static Place requested(RawServer server) {
    return new Place(
        server.url("/"), Exchanges.byDefault(), server, () -> !server.requests().isEmpty());
  }

  private static Place requested(String answer) throws IOException {
    return requested(
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(answer);
          connection.awaitClose();
        }));
  }

  private static Place dripping(String start, String drop) throws IOException {
    return requested(
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(start);
          while (true) {
            connection.send(drop);
            pause(300);
          }
        }));
  }

  private static void pause(int millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private static List<InetAddress> hang(String host) throws UnknownHostException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException(host);
  }
}

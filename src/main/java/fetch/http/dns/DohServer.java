package fetch.http.dns;

import fetch.http.call.ExceptionMessages;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** Queries a DNS-over-HTTPS server (RFC 8484), by POST. */
final class DohServer implements DnsTransport {
  private static final MediaType TYPE = MediaType.get("application/dns-message");
  private static final int MOST_BYTES = 65_535;

  private final OkHttpClient client;
  private final HttpUrl url;

  /**
   * @param client ends each call within a few seconds
   */
  DohServer(OkHttpClient client, HttpUrl url) {
    this.client = client;
    this.url = url;
  }

  @Override
  public List<DnsMessage> query(List<DnsQuery> queries) throws IOException {
    List<CompletableFuture<DnsMessage>> pending =
        queries.stream().map(query -> send(query.cacheable())).toList();
    List<DnsMessage> responses = new ArrayList<>();
    IOException failure = new IOException(name() + " did not respond");
    for (CompletableFuture<DnsMessage> response : pending) {
      try {
        responses.add(response.join());
      } catch (CompletionException e) {
        failure = e.getCause() instanceof IOException cause ? cause : new IOException(e);
      }
    }
    if (responses.isEmpty()) {
      throw failure;
    }
    return responses;
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }

  private String name() {
    return "the DoH server " + url.host();
  }

  private CompletableFuture<DnsMessage> send(DnsQuery query) {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept", TYPE.toString())
            .post(RequestBody.create(query.toBytes(), TYPE))
            .build();
    CompletableFuture<DnsMessage> result = new CompletableFuture<>();
    client
        .newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                result.completeExceptionally(
                    new IOException(
                        name() + " did not respond: " + ExceptionMessages.message(e), e));
              }

              @Override
              public void onResponse(Call call, Response response) {
                try (response) {
                  result.complete(read(query, response));
                } catch (IOException e) {
                  result.completeExceptionally(e);
                }
              }
            });
    return result;
  }

  private DnsMessage read(DnsQuery query, Response response) throws IOException {
    if (response.code() != HttpURLConnection.HTTP_OK) {
      throw new IOException(name() + " responded with the status " + response.code());
    }
    DnsMessage message;
    try {
      BufferedSource body = response.body().source();
      if (body.request(MOST_BYTES + 1L)) {
        throw new IOException("too long");
      }
      byte[] bytes = body.readByteArray();
      message = DnsMessage.read(bytes, bytes.length);
    } catch (IOException e) {
      throw new IOException(name() + " sent a response that is not DNS", e);
    }
    if (!query.isAnsweredBy(message)) {
      throw new IOException(name() + " sent a response to another query");
    }
    if (!message.isUsable()) {
      throw new IOException(name() + " failed (" + message.status() + ")");
    }
    return message;
  }
}

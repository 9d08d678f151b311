package fetch.build;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * Serves typical responses: pages with each common compression, redirects, and pages that are not
 * found.
 */
final class TrainingDispatcher extends Dispatcher {
  static final List<String> PATHS = List.of("/", "/gzip", "/br", "/zstd", "/redirect", "/missing");

  private static final byte[] PAGE = "hello\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

  /** The word "hello" as an uncompressed block: there is no encoder here for this format. */
  private static final byte[] BROTLI_PAGE = HexFormat.of().parseHex("0b028068656c6c6f03");

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    return switch (request.getUrl().encodedPath()) {
      case "/gzip" -> encoded("gzip", gzip(PAGE));
      case "/br" -> encoded("br", BROTLI_PAGE);
      case "/zstd" -> encoded("zstd", Zstd.compress(PAGE));
      case "/redirect" -> new MockResponse.Builder().code(302).addHeader("Location", "/").build();
      case "/missing" -> new MockResponse.Builder().code(404).build();
      default -> page(PAGE).build();
    };
  }

  private static MockResponse encoded(String coding, byte[] body) {
    return page(body).addHeader("Content-Encoding", coding).build();
  }

  private static MockResponse.Builder page(byte[] body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "text/html; charset=utf-8")
        .addHeader("ETag", "\"1\"")
        .body(new Buffer().write(body));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}

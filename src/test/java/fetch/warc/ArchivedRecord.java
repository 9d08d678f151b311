package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import okio.ByteString;
import org.netpreserve.jwarc.HeaderValidator;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageHeaders;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcPayload;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;

/**
 * A record as jwarc reads it, which finds it in order.
 *
 * @param position where it begins in the file
 */
public record ArchivedRecord(
    String type, MessageHeaders headers, ByteString content, long position) {
  private static final HeaderValidator RULES = HeaderValidator.warc_1_1();

  /** All records of a file; fails when any is not as the standard has it, or its digests differ. */
  public static List<ArchivedRecord> all(Path file) throws IOException {
    List<ArchivedRecord> records = new ArrayList<>();
    try (WarcReader reader = new WarcReader(file)) {
      reader.onWarning(warning -> {
        throw new AssertionError(warning);
      });
      for (Optional<WarcRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        records.add(of(next.get(), reader.position()));
      }
    }
    assertThat(records.getFirst().type).isEqualTo("warcinfo");
    checkPayloads(file);
    checkMembers(file);
    return records;
  }

  /** jwarc does not look at the checksums of gzip. */
  private static void checkMembers(Path file) throws IOException {
    if (file.toString().endsWith(".gz")) {
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private static ArchivedRecord of(WarcRecord record, long position) throws IOException {
    assertThat(RULES.validate(record.headers())).isEmpty();
    byte[] content = record.body().stream().readAllBytes();
    assertThat(record.blockDigest()).hasValue(digest(content));
    return new ArchivedRecord(record.type(), record.headers(), ByteString.of(content), position);
  }

  private static void checkPayloads(Path file) throws IOException {
    try (WarcReader reader = new WarcReader(file)) {
      for (Optional<WarcRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get() instanceof WarcResponse response) {
          checkPayload(response);
        }
      }
    }
  }

  private static void checkPayload(WarcResponse response) throws IOException {
    WarcPayload payload = response.payload().orElseThrow();
    boolean cut = response.headers().first("WARC-Truncated").isPresent();
    assertThat(response.payloadDigest().isPresent()).isEqualTo(!cut);
    if (!cut) {
      byte[] body = payload.body().stream().readAllBytes();
      assertThat(response.payloadDigest()).as(response.target()).hasValue(digest(body));
    }
  }

  private static WarcDigest digest(byte[] bytes) {
    try {
      return new WarcDigest("sha1", MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of a type for a URL, in order. */
  public static List<ArchivedRecord> of(String type, String url, Path file) throws IOException {
    return all(file).stream()
        .filter(record -> record.type.equals(type) && url.equals(record.header("WARC-Target-URI")))
        .toList();
  }

  /** The value of a header field, null if it is absent. */
  public String header(String name) {
    return headers.first(name).orElse(null);
  }

  public String text() {
    return content.string(StandardCharsets.ISO_8859_1);
  }

  /** The body of the response, without its transfer coding. */
  public byte[] payload() {
    try {
      byte[] bytes = content.toByteArray();
      WarcResponse response =
          new WarcResponse.Builder(header("WARC-Target-URI"))
              .body(MediaType.HTTP_RESPONSE, bytes)
              .build();
      return response.payload().orElseThrow().body().stream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

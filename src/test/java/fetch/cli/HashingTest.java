package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of bodies. */
@Timeout(60)
class HashingTest {
  private static final byte[] LARGE = new byte[1_000_003];

  static {
    new Random(7).nextBytes(LARGE);
  }

  private final MockWebServer server = new MockWebServer();
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private JsonNode fetch(String... options) {
    List<String> arguments = new java.util.ArrayList<>(List.of("-f", "jsonl", "--retry", "0"));
    arguments.addAll(List.of(options));
    arguments.add(server.url("/a").toString());
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));
    assertThat(ended.records()).as(ended.err()).hasSize(1);
    assertThat(RecordSchema.violations(ended.records().getFirst())).isEmpty();
    return RecordSchema.parse(ended.records().getFirst());
  }

  /** The test vectors are those of the RFCs and of BLAKE3's own authors. */
  @ParameterizedTest
  @CsvSource({
    "md5, abc, 900150983cd24fb0d6963f7d28e17f72",
    "sha1, abc, a9993e364706816aba3e25717850c26c9cd0d89d",
    "sha256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha512, abc, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a8"
        + "36ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "blake3, '', af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    "blake3, abc, 6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85"
  })
  void areThoseOfTheStandards(String name, String body, String hash) {
    server.enqueue(new MockResponse.Builder().body(body).build());

    assertThat(fetch("--hash", name).get(name).asText()).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void areOfTheWholeBodyDecoded(String strategy) throws Exception {
    Buffer coded = new Buffer();
    try (GzipSink gzip = new GzipSink(coded)) {
      Okio.buffer(gzip).write(LARGE).flush();
    }
    List<MockResponse.Builder> answers =
        List.of(
            new MockResponse.Builder().body(new Buffer().write(LARGE)),
            new MockResponse.Builder().chunkedBody(new Buffer().write(LARGE), 9999),
            new MockResponse.Builder().body(coded).addHeader("Content-Encoding", "gzip"));
    for (MockResponse.Builder answer : answers) {
      server.enqueue(answer.build());
      JsonNode record = fetch("--hash", "sha256", "-s", strategy);
      assertThat(record.get("sha256").asText()).isEqualTo(sha256(LARGE));
    }
  }

  @Test
  void standInTheOrderAskedForAfterTheFile() {
    server.enqueue(new MockResponse.Builder().body("abc").build());
    Ended ended =
        InProcess.fetch(
            "",
            "-f",
            "csv",
            "--save",
            folder.toString(),
            "--hash=blake3,md5,MD5",
            server.url("/a").toString());

    assertThat(ended.records().getFirst()).endsWith(",time_total,filename_effective,blake3,md5");
    assertThat(ended.records().getLast())
        .endsWith(
            "/a,6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85,"
                + "900150983cd24fb0d6963f7d28e17f72");
  }

  @Test
  void areNullWhereThereIsNoBody() {
    server.enqueue(new MockResponse.Builder().code(200).build());

    assertThat(fetch("--hash", "md5", "-I").get("md5").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha3", "", "md5,,sha1"})
  void areRefusedUnderOtherNames(String names) {
    Ended ended = InProcess.fetch("", "--hash", names, server.url("/a").toString());

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("md5, sha1, sha256, sha512, blake3");
  }

  private Ended fetchTable(String header, String value, String... options) throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list.csv"), "url," + header + "\n" + server.url("/a") + "," + value);
    List<String> arguments = new java.util.ArrayList<>(List.of(options));
    arguments.addAll(
        List.of("-f", "jsonl", "--save", folder.resolve("out").toString(), list.toString()));
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha256, BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
    "md5, 900150983cd24fb0d6963f7d28e17f72",
    "checksum, a9993e364706816aba3e25717850c26c9cd0d89d",
    "checksum, sha-256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "checksum, blake3=6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
    "SHA256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "Sha-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "' MD5 ', 900150983cd24fb0d6963f7d28e17f72",
    "Checksum, 900150983cd24fb0d6963f7d28e17f72",
    "sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.iso",
    "sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad *a b.iso",
    "checksum, 900150983cd24fb0d6963f7d28e17f72  a:b=c-d",
    "sha256, sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    "sha256, sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "checksum, sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=?ct=text/plain",
    "checksum, sha256-ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
    "checksum, 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        + " sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='",
    "checksum, 'md5-AAAAAAAAAAAAAAAAAAAAAA== sha384-AAAA"
        + " sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='",
    "checksum, ''",
    "checksum, ' '",
    "sha512, ''"
  })
  void areWhatTheListSays(String column, String value) throws IOException {
    server.enqueue(new MockResponse.Builder().body("abc").build());
    Ended ended = fetchTable(column, value);

    assertThat(ended.code()).as(ended.everything()).isZero();
    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(Path.of(record.get("filename_effective").asText())).hasContent("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "sha256, aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "Md5, 900150983cd24fb0d6963f7d28e17f70",
    "sha256, aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.iso",
    "sha256, sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
  })
  void failTheEntryWhenTheListSaysOtherwise(String column, String value) throws IOException {
    server.enqueue(new MockResponse.Builder().body("abc").build());
    Ended ended = fetchTable(column, value);

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(record.get("error").asText()).isEqualTo("checksum");
    assertThat(record.get("errormsg").asText()).contains("not");
    assertThat(record.get("filename_effective").isNull()).isTrue();
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "md5, 900150983cd24fb0d6963f7d28e17f7, 32 hexadecimal digits",
    "SHA256, n/a, 64 hexadecimal digits",
    "sha256, -, 64 hexadecimal digits",
    "sha256, 900150983cd24fb0d6963f7d28e17f72, 64 hexadecimal digits",
    "sha256, sha512-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=, 64 hexadecimal digits",
    "sha256, sha256-ungWv48Bz, 64 hexadecimal digits",
    "sha1, ga993e364706816aba3e25717850c26c9cd0d89d, 40 hexadecimal digits",
    "checksum, nonsense, 'a hash of md5, sha1, sha256, sha512 or blake3'",
    "checksum, sha384-AAAA, 'a hash of md5, sha1, sha256, sha512 or blake3'",
    "checksum, crc32:352441c2, 'a hash of md5, sha1, sha256, sha512 or blake3'"
  })
  void failTheEntryBeforeItIsRequestedWhenTheyCannotBeRead(
      String column, String value, String message) throws IOException {
    Ended ended = fetchTable(column, value);

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(record.get("error").asText()).isEqualTo("checksum");
    assertThat(record.get("errormsg").asText())
        .endsWith("list.csv: its " + column + " is not " + message + ": '" + value + "'");
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sha256\": 5",
        "\"MD5\": [\"900150983cd24fb0d6963f7d28e17f72\"]",
        "\"checksum\": {}",
        "\"sha1\": true",
        "\"sha256\": \"n/a\""
      })
  void failTheEntryWhenTheyAreNoStringsOfJson(String member) {
    Ended ended =
        InProcess.fetch(
            "{\"url\": \"" + server.url("/a") + "\", " + member + "}\n", "-ijsonl", "-fjsonl");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(record.get("error").asText()).isEqualTo("checksum");
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "900150983cd24fb0d6963f7d28e17f72, a9993e364706816aba3e25717850c26c9cd0d89d, 0",
    "900150983cd24fb0d6963f7d28e17f72, b9993e364706816aba3e25717850c26c9cd0d89d, 1",
    "a00150983cd24fb0d6963f7d28e17f72, a9993e364706816aba3e25717850c26c9cd0d89d, 1"
  })
  void mustAllBeWhatTheListSays(String md5, String sha1, int code) throws IOException {
    server.enqueue(new MockResponse.Builder().body("abc").build());

    assertThat(fetchTable("md5,SHA1", md5 + "," + sha1).code()).isEqualTo(code);
  }

  @Test
  void areNotAskedOfAnswersThatFailAnyway() throws IOException {
    server.enqueue(new MockResponse.Builder().code(404).body("no").build());
    Ended ended = fetchTable("md5", "900150983cd24fb0d6963f7d28e17f72");

    JsonNode record = RecordSchema.parse(ended.records().getFirst());
    assertThat(record.get("error").asText()).isEqualTo("http_status");
  }
}

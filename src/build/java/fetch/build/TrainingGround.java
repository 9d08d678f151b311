package fetch.build;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * Provides what the training run fetches: servers on this machine's loopback, and lists of their
 * URLs.
 */
final class TrainingGround implements Closeable {
  /** Requests of a long run: fewer calls of a method than C2 waits for, see {@code bin/fetch}. */
  private static final int MANY = 600;

  private final Path directory;
  private final MockWebServer plain;
  private final MockWebServer secure;

  private TrainingGround(Path directory, MockWebServer plain, MockWebServer secure) {
    this.directory = directory;
    this.plain = plain;
    this.secure = secure;
  }

  static TrainingGround open() throws IOException {
    Logger.getLogger(MockWebServer.class.getName()).setLevel(Level.WARNING);
    MockWebServer plain = new MockWebServer();
    MockWebServer secure = new MockWebServer();
    secure.useHttps(certificates().sslSocketFactory());
    for (MockWebServer server : List.of(plain, secure)) {
      server.setDispatcher(new TrainingDispatcher());
      server.start(InetAddress.getLoopbackAddress(), 0);
    }
    return new TrainingGround(Files.createTempDirectory("fetch-training"), plain, secure);
  }

  /**
   * Writes the command lines of the training run for {@code fetch.cli.Training}: one argument per
   * line, and an empty line after each command line.
   */
  Path commandLines() throws IOException {
    Path list = Files.write(directory.resolve("urls.txt"), urls());
    Path output = directory.resolve("records");
    Path bodies = directory.resolve("bodies");
    List<List<String>> runs = new ArrayList<>();
    runs.add(List.of("--help"));
    runs.add(List.of("compare", "--help"));
    runs.add(List.of("--no-such-option"));
    runs.add(List.of("--http1.1", "-k", list.toString()));
    runs.add(List.of("-s", "serial", "-f", "text", "-k", list.toString()));
    runs.add(List.of("-s", "pool", "-f", "jsonl", "-k", "--ordered", list.toString()));
    runs.add(List.of("-s", "async", "-f", "csv", "-k", "-v", list.toString()));
    runs.add(List.of("-f", "tsv", "-k", "-w", "4", "-o", output.toString(), list.toString()));
    for (String format : List.of("jsonl", "csv")) {
      Path results = directory.resolve("results." + format);
      String archive = "--warc=" + directory.resolve(format + ".warc.gz");
      String out = "-o" + results;
      List<String> run =
          List.of("-f", format, "-k", out, "--resume", archive, "--warc-dedup", list.toString());
      runs.add(run);
      runs.add(run);
    }
    runs.add(List.of("-f", "jsonl", "-q", table().toString(), jsonLines().toString()));
    runs.add(List.of("-f", "csv", "-q", table().toString()));
    String hashes = "--hash=sha256,blake3";
    runs.add(List.of("-f", "jsonl", "-k", hashes, "--save", bodies.toString(), list.toString()));
    String since = "--since=" + directory.resolve("results.jsonl");
    runs.add(List.of("-f", "jsonl", "-k", since, list.toString()));
    String metrics = "--metrics=" + directory.resolve("metrics");
    runs.add(List.of("--progress=always", "--color=always", "-k", metrics, list.toString()));
    runs.add(List.of("--summary=json", "--summary-hosts=1", plain.url("/").toString()));
    runs.add(List.of("--dry-run", "--rate=1/s", list.toString()));
    runs.add(List.of("completion", "bash"));
    runs.add(List.of("@" + Files.writeString(directory.resolve("words"), "-q " + plain.url("/"))));
    runs.addAll(longRuns());
    List<String> lines = new ArrayList<>();
    for (List<String> run : runs) {
      lines.addAll(run);
      lines.add("");
    }
    return Files.write(directory.resolve("command-lines"), lines);
  }

  /** Runs that call each method of a request often enough for a profile. */
  private List<List<String>> longRuns() throws IOException {
    String output = directory.resolve("many").toString();
    Path list = Files.write(directory.resolve("many.txt"), many(plain));
    Path secureList = Files.write(directory.resolve("many-secure.txt"), many(secure));
    List<List<String>> runs = new ArrayList<>();
    for (String format : List.of("text", "jsonl", "csv", "tsv")) {
      runs.add(List.of("-q", "-f", format, "-o", output, list.toString()));
    }
    runs.add(List.of("-q", "-k", "-o", output, secureList.toString()));
    runs.add(List.of("-q", "-k", "--http1.1", "-o", output, secureList.toString()));
    return runs;
  }

  private static List<String> many(MockWebServer server) {
    return Collections.nCopies(MANY, server.url("/missing").toString());
  }

  /**
   * The environment of the runs: they write figures as for {@code fetch compare}, and read
   * settings, but not those of the user who builds this.
   */
  Map<String, String> environment() throws IOException {
    Path config = Files.createDirectories(directory.resolve("fetch")).resolve("config");
    Files.writeString(config, "retry = 2\n");
    return Map.of(
        "FETCH_FIGURES", directory.resolve("figures").toString(),
        "XDG_CONFIG_HOME", directory.toString(),
        "FETCH_OPTS", "");
  }

  private Path table() throws IOException {
    List<String> rows = List.of("label,url", "\"a, \"\"b\"\"\"," + plain.url("/"), "c,not a url");
    return Files.write(directory.resolve("urls.csv"), rows);
  }

  private Path jsonLines() throws IOException {
    String object =
        "{\"url\":\"" + plain.url("/") + "\",\"n\":1.5,\"deep\":{\"a\":[true,null,\"ü\"]}}";
    return Files.write(directory.resolve("urls.jsonl"), List.of(object, "{not JSON}"));
  }

  private List<String> urls() throws IOException {
    List<String> urls = new ArrayList<>();
    urls.add("# what the training run fetches");
    for (String path : TrainingDispatcher.PATHS) {
      urls.add(plain.url(path).toString());
      urls.add(secure.url(path).toString());
    }
    urls.add("http://127.0.0.1:" + unusedPort() + "/refused");
    urls.add("not a url");
    return urls;
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HandshakeCertificates certificates() {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build();
  }

  @Override
  public void close() throws IOException {
    plain.close();
    secure.close();
    Trees.delete(directory);
  }
}

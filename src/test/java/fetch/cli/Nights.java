package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;

/** Runs as cron makes them: each is compared with the one before. */
final class Nights implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final Pages pages = new Pages();
  private final Path last;
  private final Path now;

  Nights(Path folder) throws IOException {
    server.setDispatcher(pages);
    server.start();
    last = folder.resolve("last.jsonl");
    now = folder.resolve("now.jsonl");
  }

  /** The site that is fetched. */
  Pages pages() {
    return pages;
  }

  /** The records of the last night, if there was one. */
  Path last() {
    return last;
  }

  /** Where the records of a night are written. */
  Path now() {
    return now;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  /** A run over these pages. */
  Ended run(List<String> paths, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--retry", "0", "--ordered"));
    arguments.addAll(List.of(options));
    arguments.add("-");
    String list = String.join("\n", paths.stream().map(this::url).toList());
    return InProcess.fetch(list, arguments.toArray(String[]::new));
  }

  /** A run over these pages that is compared with the last night. */
  Ended since(List<String> paths, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--since", last.toString()));
    arguments.addAll(List.of(options));
    return run(paths, arguments.toArray(String[]::new));
  }

  /** The next night, and its records. */
  List<JsonNode> next(List<String> paths, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-f", "jsonl", "-o", now.toString()));
    arguments.addAll(List.of(options));
    Ended ended = since(paths, arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isLessThanOrEqualTo(ExitCode.SOME_FAILED);
    Files.move(now, last, StandardCopyOption.REPLACE_EXISTING);
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(last)) {
      assertThat(RecordSchema.violations(line)).as(line).isEmpty();
      records.add(RecordSchema.parse(line));
    }
    return records;
  }

  @Override
  public void close() {
    server.close();
  }
}

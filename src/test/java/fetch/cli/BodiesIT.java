package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Request bodies, and records with details of responses, of the built program. */
@Timeout(120)
class BodiesIT {
  private BodyServer server;
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new BodyServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private JsonNode record(String... arguments) throws IOException {
    Ended ended = Program.run(arguments);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(RecordSchema.violations(ended.records().getFirst())).isEmpty();
    return RecordSchema.parse(ended.records().getFirst());
  }

  @Test
  void sendsFilesAgainAfterARedirectAndShowsTheWay() throws IOException {
    Path file = folder.resolve("d");
    Files.writeString(file, "b=2\n&c=3");
    JsonNode record =
        record(
            "-fjsonl",
            "--include-redirects",
            "--include-headers",
            "--include-body",
            "--match=^$",
            "-d",
            "a=1",
            "-d@" + file,
            "--data-urlencode=d=4 5",
            server.url("/307/x"));

    assertThat(server.bodies()).containsExactly("a=1&b=2&c=3&d=4+5", "a=1&b=2&c=3&d=4+5");
    assertThat(record.get("method").asText()).isEqualTo("POST");
    assertThat(record.get("redirects").get(0).get("status").asInt()).isEqualTo(307);
    assertThat(record.get("response_headers").get("Content-Length").get(0).asText()).isEqualTo("0");
    assertThat(record.get("body").asText()).isEmpty();
  }

  @Test
  void sendsJsonOfOptionsAndOfEntries() throws IOException {
    Path list = folder.resolve("l.jsonl");
    Files.writeString(
        list,
        """
        {"url":"%1$s/1","json":{"a":[1]}}
        {"url":"%1$s/2","form":{"b":"x y"}}
        {"url":"%1$s/3"}
        """
            .formatted(server.url("")));

    Ended ended = Program.run("-w1", "--ordered", "-fcsv", "--json", "{}", list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(server.bodies()).containsExactly("{\"a\":[1]}", "b=x+y", "{}");
    assertThat(server.requests().getLast())
        .startsWith("POST /3 ")
        .contains("Content-Type: application/json", "Accept: application/json");
  }

  @Test
  void sendsFormsAndQueries() throws IOException {
    Path file = folder.resolve("f.txt");
    Files.writeString(file, "text");
    record("-fjsonl", "-F", "a=1", "-F", "f=@" + file + ";type=text/x;filename=g", server.url("/"));
    record("-fjsonl", "-G", "-d", "q=1", "--data-urlencode", "r=2 3", server.url("/?p=0"));

    assertThat(server.bodies().getFirst())
        .contains("name=\"a\"\r\n\r\n1\r\n")
        .contains("filename=\"g\"\r\nContent-Type: text/x\r\n\r\ntext\r\n");
    assertThat(server.requests().getLast()).startsWith("GET /?p=0&q=1&r=2+3 HTTP/1.1\r\n");
  }

  @Test
  void comparesWithTheSameBodiesInTheSameOrder() throws IOException {
    Ended ended =
        Program.run(
            "compare",
            "--strategies=serial",
            "--runs=1",
            "-d",
            "1",
            "--data-raw=2",
            "-d3",
            "--match=^$",
            server.url("/"));

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(server.bodies()).isNotEmpty();
    assertThat(List.copyOf(server.bodies())).allMatch("1&2&3"::equals);
  }
}

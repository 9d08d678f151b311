package fetch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page on embedding, with the engine's jar and without the command line's. */
class EmbeddingIT {
  private static final Pattern PROGRAM = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Path TARGET = Path.of("target");

  @TempDir private Path directory;

  private static Path engine() throws IOException {
    try (Stream<Path> jars = Files.list(TARGET)) {
      return jars.filter(
              jar -> jar.getFileName().toString().matches("fetch-engine-[0-9.]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String classPath() throws IOException {
    String libraries = Files.readString(TARGET.resolve("class-path")).strip();
    String needed =
        Arrays.stream(libraries.split(File.pathSeparator))
            .filter(jar -> !jar.contains("picocli") && !jar.contains("logback"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(needed).contains("slf4j-api");
    return engine().toAbsolutePath() + File.pathSeparator + needed;
  }

  @Test
  void compilesAndFetches() throws IOException, InterruptedException {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("src/site/markdown/embedding.md")));
    assertThat(program.find()).isTrue();
    Path source = Files.writeString(directory.resolve("Fetch.java"), program.group(1));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                directory.toString(),
                "-cp",
                classPath(),
                source.toString());
    assertThat(compiled).isZero();

    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().build());
      server.start();
      URI url = server.url("/a").uri();
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      directory + File.pathSeparator + classPath(),
                      "Fetch",
                      url.toString(),
                      "ftp://host/"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

      assertThat(out.lines()).containsExactlyInAnyOrder("200 " + url, "0 ftp://host/");
    }
  }

  @Test
  void hasNoClassOfTheCommandLine() throws IOException {
    try (ZipFile jar = new ZipFile(engine().toFile())) {
      assertThat(jar.stream().map(Object::toString))
          .contains("fetch/engine/Engine.class")
          .noneMatch(name -> name.startsWith("fetch/cli"));
    }
  }
}

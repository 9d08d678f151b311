package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A project of its own, with a local repository of its own, depends on the engine. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Maven is a batch file there")
class LibraryIT {
  private static final Pattern PROGRAM = Pattern.compile("(?s)```java\n(.*?)```");

  /** Everything but the engine comes from what the build has downloaded already. */
  private static final String SETTINGS =
      """
      <settings>
        <mirrors>
          <mirror>
            <id>downloaded</id>
            <mirrorOf>*,!engine</mirrorOf>
            <url>file:DOWNLOADED</url>
          </mirror>
        </mirrors>
      </settings>
      """;

  private static final String PROJECT =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>test</groupId>
        <artifactId>test</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>25</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <repositories>
          <repository>
            <id>engine</id>
            <url>file:REPOSITORY</url>
          </repository>
        </repositories>
        <dependencies>
          <dependency>
            <groupId>GROUP</groupId>
            <artifactId>fetch-engine</artifactId>
            <version>VERSION</version>
          </dependency>
        </dependencies>
      </project>
      """;

  @TempDir private Path directory;

  /** A goal of a plugin, in the version that this project uses and has downloaded. */
  private static String goal(String plugin, String goal) throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>([^<]+)<")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).as(plugin).isTrue();
    return "org.apache.maven.plugins:%s:%s:%s".formatted(plugin, version.group(1), goal);
  }

  private Shell shell() {
    return new Shell(directory, Map.of("JAVA_HOME", System.getProperty("java.home")));
  }

  private void writeProject() throws IOException {
    String downloaded = System.getProperty("local.repository");
    Files.writeString(
        directory.resolve("settings.xml"), SETTINGS.replace("DOWNLOADED", downloaded));
    Files.writeString(
        directory.resolve("pom.xml"),
        PROJECT
            .replace("REPOSITORY", Built.REPOSITORY.toString())
            .replace("GROUP", Built.group())
            .replace("VERSION", Built.version()));
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("src/site/markdown/embedding.md")));
    assertThat(program.find()).isTrue();
    Path sources = Files.createDirectories(directory.resolve("src/main/java"));
    Files.writeString(sources.resolve("Fetch.java"), program.group(1));
  }

  @Test
  void compilesAndFetchesWithSlf4jOnly() throws IOException {
    assumeTrue(Shell.has("mvn"), "needs Maven on the path");
    writeProject();
    shell()
        .run(
            "mvn",
            "-B",
            "-q",
            "-s",
            "settings.xml",
            "-Dmaven.repo.local=" + directory.resolve("repository"),
            "-Dmdep.outputFile=class-path",
            goal("maven-compiler-plugin", "compile"),
            goal("maven-dependency-plugin", "build-classpath"));
    String classPath = Files.readString(directory.resolve("class-path")).strip();
    assertThat(classPath)
        .contains("slf4j-api")
        .doesNotContain("picocli", "logback", "junit-jupiter");

    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().code(204).build());
      server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
      String url = server.url("/a").toString();

      String output =
          shell()
              .run(
                  Built.JAVA.toString(),
                  "-cp",
                  "target/classes" + File.pathSeparator + classPath,
                  "Fetch",
                  url);

      assertThat(output).contains("204 " + url);
    }
  }

  @Test
  void hasSourcesJavadocAndAPomWithoutTheBuild() throws IOException {
    Path folder = Built.REPOSITORY.resolve(Built.engine());
    List<String> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.map(file -> file.getFileName().toString()).toList();
    }
    String name = "fetch-engine-" + Built.version();
    assertThat(files)
        .contains(name + ".jar", name + "-sources.jar", name + "-javadoc.jar", name + ".pom");
    String pom = Files.readString(folder.resolve(name + ".pom"));
    assertThat(pom)
        .contains("<license>", "<developer>", "<scm>", "<url>", "okhttp-jvm")
        .doesNotContain("<build>", "<profiles>", "junit", "${");
  }
}

package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The start-up cache is used where it fits, missed by nobody where it doesn't, and never stale. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tests the shell script bin/fetch")
class StartUpCacheIT {
  private static final String VERSION_LINE =
      "fetch \\S+ \\((commit \\S+, )?Java 25\\S*, OkHttp \\S+\\)\n";

  /** With it the JVM ends when it cannot use the cache. */
  private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

  /** What the search for the C library's {@code _exit} generates, and events of Java's recorder. */
  private static final Pattern OF_EXIT =
      Pattern.compile(
          "java\\.lang\\.invoke\\.(LambdaForm|ConstantBootstraps)|jdk\\.internal\\.(foreign|event)\\.");

  @TempDir private Path directory;

  /** What can have become of the cache's file. */
  enum Damage {
    MISSING,
    EMPTY,
    HALF,
    HEADER_ONLY,
    GARBAGE,
    TEXT,
    DIRECTORY;

    void befall(Path cache) throws IOException {
      byte[] sound = Files.readAllBytes(cache);
      Files.delete(cache);
      switch (this) {
        case MISSING -> {}
        case EMPTY -> Files.createFile(cache);
        case HALF -> Files.write(cache, Arrays.copyOf(sound, sound.length / 2));
        case HEADER_ONLY -> Files.write(cache, Arrays.copyOf(sound, 8192));
        case GARBAGE -> {
          new Random(1).nextBytes(sound);
          Files.write(cache, sound);
        }
        case TEXT -> Files.writeString(cache, "version https://git-lfs.github.com/spec/v1\n");
        case DIRECTORY -> Files.createDirectory(cache);
      }
    }
  }

  private static Ended version(Path executable, String javaOptions) throws IOException {
    ProcessBuilder builder = Program.builder(executable, "--version");
    builder.environment().put("FETCH_JAVA_OPTS", javaOptions);
    return Program.run(builder);
  }

  private static void assertUsesCache(Path executable) throws IOException {
    Ended ended = version(executable, CACHE_OR_NOTHING);

    assertThat(ended.out()).as(ended.err()).matches(VERSION_LINE);
    assertThat(ended.code()).isZero();
  }

  private static List<Path> caches(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  private static Path cache(Path home) throws IOException {
    List<Path> caches = caches(home);
    assertThat(caches).hasSize(1);
    return caches.getFirst();
  }

  /** A distribution with files of its own, but for the Java runtime. */
  private Path copy() throws IOException {
    Path home = directory.resolve("copy");
    for (String part : List.of("bin", "lib")) {
      FileTree.copy(Program.home().resolve(part), home.resolve(part));
    }
    Files.createSymbolicLink(home.resolve("runtime"), Program.home().resolve("runtime"));
    return home;
  }

  @Test
  void isUsedWhereItWasMade() throws IOException {
    assertUsesCache(Program.executable());
  }

  @Test
  void isUsedInAnotherPlaceWhoseFilesAreNewer() throws IOException {
    Path moved = directory.resolve("a much longer/name than before, with spaces/fetch");
    FileTree.copy(Program.home(), moved);
    try (Stream<Path> jars = Files.list(moved.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() - 5000));
      }
    }

    assertUsesCache(moved.resolve("bin/fetch"));
  }

  @Test
  void isUsedThroughSymbolicLinks() throws IOException {
    Path command = Files.createSymbolicLink(directory.resolve("command"), Program.executable());
    Path whole = Files.createSymbolicLink(directory.resolve("whole"), Program.home());

    assertUsesCache(command);
    assertUsesCache(whole.resolve("bin/fetch"));
  }

  @Test
  void isUsedWithALargerHeapAndManyWorkers() throws IOException {
    ProcessBuilder builder = Program.builder(Program.executable(), "-w", "100000", "--version");
    builder.environment().put("FETCH_JAVA_OPTS", CACHE_OR_NOTHING);

    Ended ended = Program.run(builder);

    assertThat(ended.out()).as(ended.err()).matches(VERSION_LINE);
  }

  /** Anything else takes milliseconds of each start. {@link WarmUp} pays for its own. */
  @Test
  void hasAllClassesOfAUsualRun() throws IOException {
    Path log = directory.resolve("loaded");
    try (Site site = new Site()) {
      ProcessBuilder builder = Program.builder(Program.executable(), site.url("/page"));
      builder.environment().put("FETCH_JAVA_OPTS", "-Xlog:class+load:file=" + log + ":none");

      assertThat(Program.run(builder).code()).isZero();
    }

    assertThat(Files.readAllLines(log))
        .hasSizeGreaterThan(2000)
        .filteredOn(line -> !line.contains("source: shared objects file"))
        .filteredOn(line -> !OF_EXIT.matcher(line).lookingAt())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void isNotMissedWhenItIs(Damage damage) throws IOException {
    Path home = copy();
    damage.befall(cache(home));
    try (Site site = new Site()) {
      Ended ended =
          Program.run(
              Program.builder(home.resolve("bin/fetch"), "--fields=url", site.url("/page")));

      assertThat(ended.records()).containsExactly(site.url("/page"));
      assertThat(ended.err()).startsWith("1 urls: 1 ok").hasLineCount(1);
      assertThat(ended.code()).isZero();
    }
    assertThat(version(home.resolve("bin/fetch"), CACHE_OR_NOTHING).code()).isNotZero();
  }

  @Test
  void isNotMissedWithOptionsThatItDoesNotFit() throws IOException {
    for (String options : List.of("-XX:-UseCompressedOops", "-XX:-UseSerialGC -XX:+UseZGC")) {
      Ended ended = version(Program.executable(), options);

      assertThat(ended.out()).as(ended.err()).matches(VERSION_LINE);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
    }
  }

  @Test
  void isReplacedWhenAClassChanges() throws Exception {
    Path home = copy();
    Path old = cache(home);
    Files.delete(home.resolve("runtime"));
    Path jar = changedJar();

    assemble(jar, home);

    assertThat(cache(home).getFileName()).isNotEqualTo(old.getFileName());
    Ended ended = version(home.resolve("bin/fetch"), CACHE_OR_NOTHING);
    assertThat(ended.out()).as(ended.err()).startsWith("patch ");
    assertThat(ended.code()).isZero();
  }

  /** The application's jar as old as before, with one word in one class changed. */
  private Path changedJar() throws IOException {
    Path original = Program.home().resolve("lib/fetch.jar");
    Path source = Path.of("src/main/java/fetch/cli/Version.java");
    String changed = Files.readString(source).replace("\"fetch \"", "\"patch \"");
    assertThat(changed).contains("patch");
    Path copy = Files.createDirectories(directory.resolve("source")).resolve("Version.java");
    Path classes = directory.resolve("classes");
    String classPath = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                List.of("-cp", classPath, "-d", "" + classes, "" + Files.writeString(copy, changed))
                    .toArray(String[]::new));
    assertThat(failed).isZero();

    Path jar = Files.copy(original, directory.resolve("changed.jar"));
    try (FileSystem entries =
        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
      Path entry = entries.getPath("fetch/cli/Version.class");
      Files.write(entry, Files.readAllBytes(classes.resolve("fetch/cli/Version.class")));
    }
    return Files.setLastModifiedTime(jar, Files.getLastModifiedTime(original));
  }

  /** Does what the build does. */
  private void assemble(Path jar, Path home) throws Exception {
    Path project = Path.of("").toAbsolutePath();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-classpath",
            System.getProperty("java.class.path"),
            project.resolve("src/build/java/fetch/build/Assemble.java").toString(),
            project.toString(),
            jar.toString(),
            project.resolve("target/class-path").toString(),
            home.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}

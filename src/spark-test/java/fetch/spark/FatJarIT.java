package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code target/fetch-spark.jar} holds: nothing that Spark might have in another version. */
class FatJarIT {
  private static final Path JAR = Path.of("target/fetch-spark.jar");

  /** Where the libraries are that the jar has moved. */
  private static final String[] UNMOVED = {
    "com.fasterxml..",
    "com.google.re2j..",
    "crawlercommons..",
    "de.siegmar..",
    "io.netty..",
    "kotlin..",
    "okhttp3..",
    "okio..",
    "org.HdrHistogram..",
    "org.apache.commons.codec..",
    "org.brotli..",
    "org.jsoup..",
    "org.netpreserve..",
    "org.roaringbitmap..",
    "picocli.."
  };

  @Test
  void everyClassIsOfFetchOrMovedBelowIt() throws IOException {
    assertThat(entries())
        .filteredOn(entry -> entry.endsWith(".class"))
        .isNotEmpty()
        .allMatch(entry -> entry.startsWith("fetch/") || entry.startsWith("org/conscrypt/"));
  }

  @Test
  void thereIsNoLoggingInIt() throws IOException {
    assertThat(entries()).noneMatch(entry -> entry.matches("(?i).*(slf4j|logback|log4j).*"));
  }

  @Test
  void itHasTheJobTheEngineAndTheLicences() throws IOException {
    assertThat(entries())
        .contains(
            "fetch/spark/FetchJob.class",
            "fetch/engine/Engine.class",
            "fetch/report/page.html",
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/THIRD-PARTY.md");
  }

  @Test
  void noClassUsesALibraryWhereItWas() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(UNMOVED)
          .check(new ClassFileImporter().importJar(jar));
    }
  }

  @Test
  void nativeTlsFindsItsClassesWhereTheyAreNow() throws Exception {
    String output = run(NativeTls.class, List.of());

    assertThat(output.strip()).isEqualTo("BoringSSL: true");
  }

  /** Runs a class of the tests on the jar, beside Spark's own libraries. */
  private static String run(Class<?> main, List<String> arguments) throws Exception {
    String tests =
        Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    String spark = Files.readString(Path.of("target/spark-class-path")).strip();
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            String.join(File.pathSeparator, JAR.toString(), tests, spark),
                            main.getName()),
                        arguments.stream())
                    .toList())
            .redirectErrorStream(true)
            .start();
    try (InputStream in = process.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.waitFor();
    }
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(entry -> entry.getName()).toList();
    }
  }
}

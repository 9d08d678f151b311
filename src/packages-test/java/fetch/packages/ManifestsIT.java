package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests for Homebrew, Scoop and winget, from the checksums of a release. */
class ManifestsIT {
  private static final String PROGRAM = "src/build/java/fetch/packages/Manifests.java";
  private static final List<String> ARCHIVES =
      List.of(
          "linux-x64.tar.gz",
          "linux-arm64.tar.gz",
          "macos-x64.tar.gz",
          "macos-arm64.tar.gz",
          "windows-x64.zip");

  /** What the schemas of winget, version 1.9.0, require of each file. */
  private static final Map<String, List<String>> WINGET =
      Map.of(
          "",
          List.of("PackageIdentifier", "DefaultLocale", "ManifestType"),
          ".installer",
          List.of("PackageIdentifier", "Installers", "ManifestType"),
          ".locale.en-US",
          List.of(
              "PackageIdentifier",
              "PackageLocale",
              "Publisher",
              "PackageName",
              "License",
              "ShortDescription",
              "ManifestType"));

  @TempDir private Path directory;
  private Shell shell;

  @BeforeEach
  void prepare() {
    shell = new Shell(directory, Map.of());
  }

  private static String sum(String archive) {
    return "%064x".formatted(1 + ARCHIVES.indexOf(archive));
  }

  private Shell.Ended write(List<String> archives) throws IOException {
    Files.writeString(
        directory.resolve("SHA256SUMS"),
        archives.stream()
            .map(archive -> sum(archive) + "  fetch-urls-9.8.7-" + archive + "\n")
            .collect(Collectors.joining()));
    Path project = Path.of("").toAbsolutePath();
    return shell.end(
        Built.JAVA.toString(),
        project.resolve(PROGRAM).toString(),
        project.toString(),
        directory.toString(),
        "9.8.7",
        "2027-01-02T00:00:00Z",
        "owner/name");
  }

  private String manifest(String name) throws IOException {
    return Files.readString(directory.resolve("manifests").resolve(name));
  }

  @Test
  void haveTheAddressesAndChecksumsOfTheRelease() throws IOException {
    Shell.Ended ended = write(ARCHIVES);

    assertThat(ended.code()).as(ended.output()).isZero();
    try (Stream<Path> files = Files.walk(directory.resolve("manifests"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content().doesNotContain("@").contains("9.8.7");
      }
    }
    String formula = manifest("fetch-urls.rb");
    for (String archive : ARCHIVES.subList(0, 4)) {
      assertThat(formula)
          .containsSubsequence(
              "url \"https://github.com/owner/name/releases/download/v9.8.7/fetch-urls-9.8.7-"
                  + archive,
              "sha256 \"" + sum(archive) + "\"");
    }
  }

  @Test
  void areValid() throws IOException {
    assertThat(write(ARCHIVES).code()).isZero();

    JsonNode scoop = new ObjectMapper().readTree(manifest("fetch-urls.json"));
    assertThat(scoop.fieldNames()).toIterable().contains("version", "homepage", "license");
    assertThat(scoop.at("/architecture/64bit/hash").asText()).isEqualTo(sum("windows-x64.zip"));
    assertThat(scoop.get("bin").asText()).isEqualTo("bin\\fetch.cmd");
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (Map.Entry<String, List<String>> part : WINGET.entrySet()) {
      String name = "winget/FetchUrls.FetchUrls" + part.getKey() + ".yaml";
      JsonNode winget = yaml.readTree(manifest(name));
      assertThat(winget.fieldNames()).toIterable().as(name).containsAll(part.getValue());
      assertThat(winget.get("PackageVersion").asText()).isEqualTo("9.8.7");
      assertThat(winget.get("ManifestVersion").asText()).isEqualTo("1.9.0");
    }
    JsonNode installer = yaml.readTree(manifest("winget/FetchUrls.FetchUrls.installer.yaml"));
    assertThat(installer.at("/Installers/0").fieldNames())
        .toIterable()
        .contains("Architecture", "InstallerUrl", "InstallerSha256");
    assertThat(installer.at("/NestedInstallerFiles/0/RelativeFilePath").asText())
        .isEqualTo("fetch-urls-9.8.7-windows-x64\\bin\\fetch.cmd");
    assertThat(installer.get("ArchiveBinariesDependOnPath").asBoolean()).isTrue();
  }

  @Test
  void hasAFormulaThatRubyReads() throws IOException {
    assumeTrue(Shell.has("ruby"), "needs ruby");
    assertThat(write(ARCHIVES).code()).isZero();

    shell.run("ruby", "-c", directory.resolve("manifests/fetch-urls.rb").toString());
  }

  @Test
  void areNotWrittenWithoutTheArchiveOfEachPlatform() throws IOException {
    Shell.Ended ended = write(ARCHIVES.subList(0, 4));

    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("a line for fetch-urls-9.8.7-windows-x64.zip");
  }
}

package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The container image, unpacked and run as a container engine does, without one. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the image is made on Linux only")
class ImageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs a command with the image as root directory, in a mount namespace of its own. */
  private static final String CONTAINER =
      """
      mount --rbind /dev "$1/dev" && mount --bind /proc "$1/proc" || exit 125
      root=$1; shift
      exec chroot --userspec=65532:65532 "$root" "$@"
      """;

  @TempDir private Path directory;
  private Path image;
  private Path root;
  private Shell shell;

  @BeforeEach
  void unpack() throws IOException {
    shell = new Shell(directory, Map.of());
    image = Files.createDirectory(directory.resolve("image"));
    root = Files.createDirectory(directory.resolve("root"));
    shell.run("tar", "-xf", Built.file(".*-oci\\.tar").toString(), "-C", image.toString());
  }

  private JsonNode blob(JsonNode descriptor) throws IOException {
    return JSON.readTree(path(descriptor).toFile());
  }

  private Path path(JsonNode descriptor) {
    return image.resolve("blobs").resolve(descriptor.get("digest").asText().replace(':', '/'));
  }

  private JsonNode manifest() throws IOException {
    return blob(JSON.readTree(image.resolve("index.json").toFile()).at("/manifests/0"));
  }

  @Test
  void isACompleteLayoutWhoseDigestsAreRight() throws IOException {
    assertThat(JSON.readTree(image.resolve("oci-layout").toFile()).get("imageLayoutVersion"))
        .hasToString("\"1.0.0\"");
    List<JsonNode> descriptors = new ArrayList<>();
    descriptors.add(JSON.readTree(image.resolve("index.json").toFile()).at("/manifests/0"));
    descriptors.add(manifest().get("config"));
    manifest().get("layers").forEach(descriptors::add);
    for (JsonNode descriptor : descriptors) {
      assertThat(path(descriptor)).hasSize(descriptor.get("size").asLong());
      assertThat("sha256:" + shell.run("sha256sum", path(descriptor).toString()))
          .startsWith(descriptor.get("digest").asText());
    }
    JsonNode configuration = blob(manifest().get("config"));
    int index = 0;
    for (JsonNode layer : manifest().get("layers")) {
      String script = "gzip -dc \"$0\" | sha256sum";
      assertThat("sha256:" + shell.run("sh", "-c", script, path(layer).toString()))
          .startsWith(configuration.at("/rootfs/diff_ids/" + index++).asText());
    }
    assertThat(configuration.at("/config/User").asText()).isEqualTo("65532:65532");
  }

  @Test
  void runsTheRecipesAsAUserWithoutRights() throws IOException {
    assumeTrue(Shell.isRoot(), "chroot needs root");
    assumeTrue(
        shell.end("unshare", "--mount", "true").code() == 0, "mount namespaces are not allowed");
    for (JsonNode layer : manifest().get("layers")) {
      shell.run("tar", "-xzpf", path(layer).toString(), "-C", root.toString());
    }
    assertThat(root.resolve("etc/ssl/certs/ca-certificates.crt")).isNotEmptyFile();
    assertThat(root.resolve("usr/share/zoneinfo/Europe/Vienna")).isNotEmptyFile();
    Files.createDirectories(root.resolve("dev"));
    Files.createDirectories(root.resolve("proc"));
    try (FirstMinutes minutes = new FirstMinutes()) {
      minutes.writeLists(root.resolve("work"));
      FirstMinutes.assertVersion(inContainer(List.of("--version")).output());
      for (List<String> recipe : FirstMinutes.recipesWithoutShell().toList()) {
        Shell.Ended ended = inContainer(recipe);
        assertThat(ended.code()).as(recipe + "\n" + ended.output()).isBetween(0, 1);
      }
      String odd = minutes.url("/") + "\u00fc";
      assertThat(inContainer(List.of(odd)).output()).startsWith("200 6 ").contains("/%C3%BC\n");
      assertThat(inContainer(List.of("http://localhost:1/")).output())
          .as("names are looked up")
          .contains(" connect: ");
    }
    assertThat(root.resolve("work/results.jsonl")).isNotEmptyFile();
  }

  private Shell.Ended inContainer(List<String> arguments) throws IOException {
    JsonNode configuration = blob(manifest().get("config")).get("config");
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "sh", "-c", CONTAINER, "sh", root.toString()));
    String script = environment(configuration) + "cd /work; exec \"$@\"";
    command.addAll(List.of("/bin/sh", "-c", script, "sh"));
    configuration.get("Entrypoint").forEach(word -> command.add(word.asText()));
    command.addAll(arguments);
    return shell.end(command.toArray(String[]::new));
  }

  private static String environment(JsonNode configuration) {
    StringBuilder exports = new StringBuilder("unset LANG LC_ALL; ");
    configuration
        .get("Env")
        .forEach(variable -> exports.append("export ").append(variable.asText()).append("; "));
    return exports.toString();
  }
}

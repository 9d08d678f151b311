package fetch.packages;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarFile;

/**
 * Lists the components of fetch in CycloneDX 1.6: libraries, their native code, and the Java
 * runtime.
 */
final class BillOfMaterials {
  private static final String BORINGSSL = "BoringSSL";

  private final Release release;
  private final Notices notices;
  private final JsonGenerator json;

  private BillOfMaterials(Release release, Notices notices, JsonGenerator json) {
    this.release = release;
    this.notices = notices;
    this.json = json;
  }

  /**
   * Returns the document.
   *
   * @param classPath the jars in the local Maven repository, whose paths have their coordinates
   */
  static String of(
      Release release, Distribution distribution, String classPath, Path localRepository)
      throws IOException {
    StringWriter text = new StringWriter();
    Notices notices = Notices.read(distribution.home().resolve("THIRD-PARTY.md"));
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      BillOfMaterials bill = new BillOfMaterials(release, notices, json);
      bill.begin(distribution.platform());
      for (String jar : classPath.split(File.pathSeparator, -1)) {
        Artifact artifact = Artifact.of(Path.of(jar), localRepository);
        if (artifact.isIn(distribution)) {
          bill.library(artifact, distribution);
        }
      }
      bill.runtime(distribution);
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private void begin(Platform platform) throws IOException {
    String name = "fetch " + release.version() + " " + platform.label();
    json.writeStartObject();
    json.writeStringField("bomFormat", "CycloneDX");
    json.writeStringField("specVersion", "1.6");
    json.writeStringField(
        "serialNumber",
        "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    json.writeNumberField("version", 1);
    json.writeObjectFieldStart("metadata");
    json.writeStringField("timestamp", release.time().toString());
    json.writeObjectFieldStart("component");
    describe("application", Release.NAME, release.version());
    json.writeStringField("description", Release.SUMMARY);
    licence("Apache-2.0");
    json.writeStringField("purl", "pkg:github/" + release.repository() + "@v" + release.version());
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("components");
  }

  private void library(Artifact artifact, Distribution distribution) throws IOException {
    json.writeStartObject();
    json.writeStringField("group", artifact.group());
    describe("library", artifact.name(), artifact.version());
    Path installed = distribution.home().resolve("lib").resolve(artifact.fileName());
    if (Files.exists(installed)) {
      hash(installed);
    }
    licence(notices.licence(artifact.name()));
    json.writeStringField("purl", artifact.purl());
    List<Map.Entry<String, String>> parts = nativeParts(artifact);
    if (!parts.isEmpty()) {
      json.writeArrayFieldStart("components");
      for (Map.Entry<String, String> part : parts) {
        json.writeStartObject();
        describe("library", part.getKey(), part.getValue());
        licence(notices.licenceOf(part.getKey()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** The C libraries that are linked into its native code. */
  private static List<Map.Entry<String, String>> nativeParts(Artifact artifact) throws IOException {
    return switch (artifact.name()) {
      case "zstd-jni" ->
          List.of(Map.entry("Zstandard", artifact.version().replaceFirst("-.*", "")));
      case "conscrypt-openjdk-uber" ->
          List.of(Map.entry(BORINGSSL, "as in Conscrypt " + artifact.version()));
      case "netty-tcnative-boringssl-static" ->
          List.of(
              Map.entry(BORINGSSL, manifestEntry(artifact, "BoringSSL-Revision")),
              Map.entry("Apache Portable Runtime", manifestEntry(artifact, "Apr-Version")));
      default -> List.of();
    };
  }

  private static String manifestEntry(Artifact artifact, String name) throws IOException {
    try (JarFile jar = new JarFile(artifact.jar().toFile())) {
      String value = jar.getManifest().getMainAttributes().getValue(name);
      if (value == null) {
        throw new IOException(artifact.jar() + " does not have " + name + " in its manifest");
      }
      return value;
    }
  }

  private void runtime(Distribution distribution) throws IOException {
    json.writeStartObject();
    json.writeStringField("publisher", System.getProperty("java.vendor"));
    describe("platform", "OpenJDK", System.getProperty("java.runtime.version"));
    licence("GPL-2.0-only WITH Classpath-exception-2.0");
    json.writeStringField(
        "cpe", "cpe:2.3:a:oracle:openjdk:" + System.getProperty("java.version") + ":*:*:*:*:*:*:*");
    json.writeArrayFieldStart("components");
    for (String module : modules(distribution)) {
      json.writeStartObject();
      describe("library", module, System.getProperty("java.version"));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static List<String> modules(Distribution distribution) throws IOException {
    return Files.readAllLines(distribution.home().resolve("runtime/release")).stream()
        .filter(line -> line.startsWith("MODULES="))
        .flatMap(line -> Arrays.stream(line.replaceAll("MODULES=|\"", "").split(" ", -1)))
        .toList();
  }

  private void describe(String type, String name, String version) throws IOException {
    json.writeStringField("type", type);
    json.writeStringField("name", name);
    json.writeStringField("version", version);
  }

  private void hash(Path file) throws IOException {
    json.writeArrayFieldStart("hashes");
    json.writeStartObject();
    json.writeStringField("alg", "SHA-256");
    json.writeStringField("content", Hash.sha256(file));
    json.writeEndObject();
    json.writeEndArray();
  }

  private void licence(String expression) throws IOException {
    json.writeArrayFieldStart("licenses");
    json.writeStartObject();
    json.writeStringField("expression", expression);
    json.writeEndObject();
    json.writeEndArray();
  }
}

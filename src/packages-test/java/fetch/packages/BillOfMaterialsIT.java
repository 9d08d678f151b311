package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials names all that is in the distribution. */
class BillOfMaterialsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode bill() throws IOException {
    return JSON.readTree(Built.file("fetch-urls-.*\\.cdx\\.json").toFile());
  }

  @Test
  void isAsTheSchemaOfCycloneDxWantsIt() throws IOException {
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V7,
            builder ->
                builder.schemaMappers(
                    mappers -> mappers.mapPrefix("http://cyclonedx.org/schema/", "classpath:/")));
    try (InputStream schema = getClass().getResourceAsStream("/bom-1.6.schema.json")) {
      JsonSchema cyclone = factory.getSchema(schema);
      assertThat(cyclone.validate(bill())).isEmpty();
    }
  }

  @Test
  void namesEachJarTheRuntimeAndTheNativeLibraries() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode component : bill().get("components")) {
      names.add(component.get("name").asText() + "-" + component.get("version").asText() + ".jar");
      for (JsonNode part : component.path("components")) {
        names.add(part.get("name").asText());
        assertThat(part.get("version").asText()).isNotBlank();
      }
    }
    List<String> jars;
    try (Stream<Path> files = Files.list(Path.of("target/fetch/lib"))) {
      jars =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar") && !name.equals("fetch.jar"))
              .toList();
    }
    assertThat(names).containsAll(jars);
    assertThat(names).contains("BoringSSL", "Zstandard", "java.base");
    assertThat(names).anyMatch(name -> name.startsWith("OpenJDK-25"));
  }
}

package fetch.packages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * Makes the bundle for Maven Central: the engine's jars and POM with signatures and checksums, in
 * the layout of a repository. Checks what Central checks, and uploads nothing.
 *
 * <p>Run by the release workflow, from source: {@code java Central.java REPOSITORY BUNDLE}. Signs
 * with the default key of gpg.
 */
final class Central {
  /** The elements that Central requires in each POM. */
  private static final List<String> ELEMENTS =
      List.of(
          "name",
          "description",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  private static final Map<String, String> CHECKSUMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  private final Map<String, byte[]> entries = new TreeMap<>();

  private Central() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path repository = Path.of(args[0]);
    Central bundle = new Central();
    Path pom = only(repository, ".pom");
    check(pom);
    String name = pom.toString().replaceFirst("\\.pom$", "");
    for (String end : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar")) {
      bundle.add(repository, Path.of(name + end));
    }
    bundle.write(Path.of(args[1]));
  }

  private static Path only(Path repository, String end) throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      if (found.size() != 1) {
        throw new IOException(repository + " must have one file *" + end + ", not " + found);
      }
      return found.getFirst();
    }
  }

  private static void check(Path pom) throws IOException {
    try {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
      XPath path = XPathFactory.newInstance().newXPath();
      for (String element : ELEMENTS) {
        if (path.evaluate("/project/" + element, document).isBlank()) {
          throw new IOException(pom + " has no element " + element);
        }
      }
    } catch (ParserConfigurationException | SAXException | XPathExpressionException e) {
      throw new IOException(pom + " cannot be read", e);
    }
    if (Files.readString(pom).contains("SNAPSHOT")) {
      throw new IOException(pom + " is a snapshot, or depends on one");
    }
  }

  private void add(Path repository, Path file) throws IOException, InterruptedException {
    if (!Files.exists(file)) {
      throw new IOException(file + " is not there");
    }
    String path = repository.relativize(file).toString().replace('\\', '/');
    addWithChecksums(path, Files.readAllBytes(file));
    addWithChecksums(path + ".asc", signature(file).getBytes(StandardCharsets.US_ASCII));
  }

  private static String signature(Path file) throws IOException, InterruptedException {
    return Distribution.run(
        List.of("gpg", "--batch", "--armor", "--detach-sign", "--output", "-", file.toString()));
  }

  private void addWithChecksums(String path, byte[] content) throws IOException {
    entries.put(path, content);
    for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
      String sum = Hash.of(checksum.getValue(), new ByteArrayInputStream(content));
      entries.put(path + "." + checksum.getKey(), sum.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void write(Path bundle) throws IOException {
    try (OutputStream file = Files.newOutputStream(bundle);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        out.putNextEntry(entry);
        out.write(content.getValue());
        out.closeEntry();
      }
    }
  }
}

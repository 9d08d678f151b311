package fetch.packages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Makes a container image as a tar archive, for {@code podman load}, {@code docker load} and {@code
 * skopeo copy oci-archive:}. It has the layout of the OCI image specification 1.1, and Docker's
 * manifest.
 */
final class Oci {
  private static final String BLOBS = "blobs/sha256/";

  /**
   * A compressed layer.
   *
   * @param digest SHA-256 of the file
   * @param plain SHA-256 of the tar archive in it
   */
  private record Layer(Path file, String digest, String plain) {
    static Layer of(Tree tree, Release release, Path file) throws IOException {
      Tar.compress(tree, "", release.time(), file);
      InputStream tar = new GZIPInputStream(Files.newInputStream(file));
      return new Layer(file, Hash.sha256(file), Hash.of("SHA-256", tar));
    }

    String descriptor() throws IOException {
      return """
      {"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:%s","size":%d}\
      """
          .formatted(digest, Files.size(file));
    }
  }

  private final Release release;
  private final Platform platform;

  private Oci(Release release, Platform platform) {
    this.release = release;
    this.platform = platform;
  }

  static Path write(Tree root, Tree program, Release release, Platform platform, Path directory)
      throws IOException {
    Oci oci = new Oci(release, platform);
    Tree files =
        new Tree()
            .addAll("usr/lib/" + Release.NAME, program)
            .link("usr/bin/fetch", "../lib/fetch-urls/bin/fetch");
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.of(root, release, directory.resolve("root.layer")));
    layers.add(Layer.of(files, release, directory.resolve("program.layer")));
    Path image = directory.resolve(release.file(platform) + "-oci.tar");
    try (OutputStream out = Files.newOutputStream(image)) {
      Tar.write(oci.layout(layers), "", release.time(), out);
    }
    for (Layer layer : layers) {
      Files.delete(layer.file());
    }
    return image;
  }

  private Tree layout(List<Layer> layers) throws IOException {
    Tree tree = new Tree();
    List<String> descriptors = new ArrayList<>();
    for (Layer layer : layers) {
      tree.copy(BLOBS + layer.digest(), layer.file());
      descriptors.add(layer.descriptor());
    }
    String configuration = configuration(layers);
    String configurationDigest = addBlob(tree, configuration);
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},\
        "layers":[%s]}\
        """
            .formatted(configurationDigest, configuration.length(), String.join(",", descriptors));
    String manifestDigest = addBlob(tree, manifest);
    String tag = Release.NAME + ":" + release.version();
    return tree.add("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
        .add(
            "index.json",
            """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",\
            "manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%d,\
            "platform":{"architecture":"%s","os":"linux"},\
            "annotations":{"io.containerd.image.name":"%s","org.opencontainers.image.ref.name":"%s"}}]}\
            """
                .formatted(
                    manifestDigest, manifest.length(), platform.debian(), tag, release.version()))
        .add(
            "manifest.json",
            "[{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":[%s]}]"
                .formatted(
                    BLOBS + configurationDigest,
                    tag,
                    quoted(layers, layer -> BLOBS + layer.digest())));
  }

  private static String addBlob(Tree tree, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String digest = Hash.of("SHA-256", new ByteArrayInputStream(bytes));
    tree.add(BLOBS + digest, bytes);
    return digest;
  }

  private String configuration(List<Layer> layers) {
    return """
    {"created":"%s","architecture":"%s","os":"linux","config":{"User":"%3$d:%3$d",\
    "Env":["PATH=/usr/bin:/bin","HOME=/home/nonroot","SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],\
    "Entrypoint":["/usr/bin/fetch"],"WorkingDir":"/%4$s","Labels":{\
    "org.opencontainers.image.title":"%5$s","org.opencontainers.image.description":"%6$s",\
    "org.opencontainers.image.version":"%7$s","org.opencontainers.image.licenses":"Apache-2.0",\
    "org.opencontainers.image.source":"%8$s"}},\
    "rootfs":{"type":"layers","diff_ids":[%9$s]},\
    "history":[{"created":"%1$s","created_by":"C library, sh, find, readlink, certificates, time zones"},\
    {"created":"%1$s","created_by":"fetch and its Java runtime"}]}\
    """
        .formatted(
            release.time(),
            platform.debian(),
            RootFiles.USER,
            RootFiles.WORK,
            Release.NAME,
            Release.SUMMARY,
            release.version(),
            release.page(),
            quoted(layers, layer -> "sha256:" + layer.plain()));
  }

  private static String quoted(List<Layer> layers, Function<Layer, String> text) {
    return layers.stream()
        .map(layer -> "\"" + text.apply(layer) + "\"")
        .collect(Collectors.joining(","));
  }
}

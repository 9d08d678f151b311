package fetch.packages;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes the package for Debian and its derivatives: {@code deb(5)}, format 2.0. */
final class Deb {
  private static final String HOME = "usr/lib/" + Release.NAME;
  private static final String DOC = "usr/share/doc/" + Release.NAME;

  private final Release release;
  private final Platform platform;

  private Deb(Release release, Platform platform) {
    this.release = release;
    this.platform = platform;
  }

  static Path write(Tree program, Tree share, Release release, Platform platform, Path directory)
      throws IOException {
    Deb deb = new Deb(release, platform);
    String name = "%s_%s_%s.deb".formatted(Release.NAME, deb.version(), platform.debian());
    Path file = directory.resolve(name);
    Tree data = deb.data(program, share);
    byte[] control = deb.compressed(deb.control(data));
    Path payload = directory.resolve(name + ".data");
    Tar.compress(data, "./", release.time(), payload);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
      byte[] format = "2.0\n".getBytes(StandardCharsets.US_ASCII);
      deb.member("debian-binary", format.length, new ByteArrayInputStream(format), out);
      deb.member("control.tar.gz", control.length, new ByteArrayInputStream(control), out);
      deb.member("data.tar.gz", Files.size(payload), Files.newInputStream(payload), out);
    }
    Files.delete(payload);
    return file;
  }

  /** In Debian's order, {@code ~} sorts before the end: a snapshot is older than its release. */
  private String version() {
    return release.version().replace('-', '~');
  }

  private Tree data(Tree program, Tree share) throws IOException {
    Tree tree =
        new Tree().addAll(HOME, program).link("usr/bin/fetch", "../lib/fetch-urls/bin/fetch");
    for (Map.Entry<String, Tree.Item> item : share.items().entrySet()) {
      String path = "usr/share/" + item.getKey();
      if (item.getValue() instanceof Tree.Copied file && path.startsWith("usr/share/man/")) {
        tree.add(path + ".gz", compressed(Files.readAllBytes(file.source())));
      } else if (item.getValue() instanceof Tree.Made file) {
        tree.add(place(path), file.content());
      }
    }
    return tree.copy(DOC + "/copyright", release.template("copyright"))
        .add(DOC + "/changelog.gz", compressed(changelog().getBytes(StandardCharsets.UTF_8)))
        .copy("usr/share/lintian/overrides/" + Release.NAME, release.template("lintian-overrides"));
  }

  /** The place of a file in Debian, which has separate directories for some kinds. */
  private static String place(String path) {
    return path.replace("usr/share/zsh/site-functions", "usr/share/zsh/vendor-completions")
        .replace("usr/share/sbom", DOC);
  }

  private String changelog() {
    return """
    %s (%s) unstable; urgency=medium

      * New release: %s/releases

     -- %s  %s
    """
        .formatted(
            Release.NAME,
            version(),
            release.page(),
            release.maintainer(),
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT)
                .format(release.time().atOffset(ZoneOffset.UTC)));
  }

  private byte[] control(Tree data) throws IOException {
    String fields =
        """
        Package: %s
        Version: %s
        Architecture: %s
        Maintainer: %s
        Installed-Size: %d
        Depends: libc6 (>= 2.17)
        Section: web
        Priority: optional
        Homepage: %s
        Description: %s
         fetch reads lists of URLs, fetches them with many requests in flight, and
         prints exactly one record for each entry: as text, JSON lines, CSV or TSV.
         It retries, limits rates by host, obeys robots.txt, resumes stopped runs,
         saves bodies and writes WARC archives.
         .
         The Java runtime that it needs is part of this package.
        """
            .formatted(
                Release.NAME,
                version(),
                platform.debian(),
                release.maintainer(),
                data.size() / 1024,
                release.page(),
                Release.SUMMARY);
    Tree tree = new Tree().add("control", fields).add("md5sums", checksums(data));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    Tar.write(tree, "./", release.time(), tar);
    return tar.toByteArray();
  }

  private static String checksums(Tree data) throws IOException {
    StringBuilder sums = new StringBuilder();
    for (Map.Entry<String, Tree.Item> item : data.items().entrySet()) {
      switch (item.getValue()) {
        case Tree.Copied file -> line(sums, Hash.of("MD5", file.open()), item.getKey());
        case Tree.Made file ->
            line(sums, Hash.of("MD5", new ByteArrayInputStream(file.content())), item.getKey());
        case Tree.Folder folder -> {}
        case Tree.Link link -> {}
      }
    }
    return sums.toString();
  }

  private static void line(StringBuilder sums, String sum, String path) {
    sums.append(sum).append("  ").append(path).append('\n');
  }

  /** Compresses as much as possible, as Debian's rules require. */
  private byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(content);
    }
    byte[] result = bytes.toByteArray();
    result[8] = 2; // RFC 1952, section 2.3.1: the slowest algorithm
    return result;
  }

  /** Appends a member to the ar archive. */
  private void member(String name, long size, InputStream content, OutputStream out)
      throws IOException {
    String header =
        "%-16s%-12d%-6d%-6d%-8s%-10d`\n"
            .formatted(name, release.time().getEpochSecond(), 0, 0, "100644", size);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    try (content) {
      content.transferTo(out);
    }
    if (size % 2 == 1) {
      out.write('\n');
    }
  }
}

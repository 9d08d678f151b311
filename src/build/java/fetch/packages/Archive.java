package fetch.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the archive of all files: {@code tar.gz}, or {@code zip} for Windows. */
final class Archive {
  private Archive() {}

  static Path write(Tree program, Tree share, Release release, Platform platform, Path directory)
      throws IOException {
    String name = release.file(platform);
    Tree tree = new Tree().addAll(name, program).addAll(name + "/share", share);
    Path archive = directory.resolve(name + (platform.isWindows() ? ".zip" : ".tar.gz"));
    if (platform.isWindows()) {
      zip(tree, release.time(), archive);
    } else {
      Tar.compress(tree, "", release.time(), archive);
    }
    return archive;
  }

  private static void zip(Tree tree, Instant time, Path archive) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, Tree.Item> item : tree.items().entrySet()) {
        if (item.getValue() instanceof Tree.Folder) {
          continue;
        }
        ZipEntry entry = new ZipEntry(item.getKey());
        entry.setTimeLocal(time.atZone(ZoneOffset.UTC).toLocalDateTime());
        out.putNextEntry(entry);
        copy(item.getValue(), out);
        out.closeEntry();
      }
    }
  }

  private static void copy(Tree.Item item, OutputStream out) throws IOException {
    switch (item) {
      case Tree.Made file -> out.write(file.content());
      case Tree.Copied file -> {
        try (InputStream in = file.open()) {
          in.transferTo(out);
        }
      }
      case Tree.Link link -> throw new IOException("a zip archive has no links: " + link.target());
      case Tree.Folder folder -> throw new IOException("folders are left out: " + folder);
    }
  }
}

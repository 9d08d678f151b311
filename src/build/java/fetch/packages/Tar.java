package fetch.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes tar archives (POSIX.1-1988, "ustar") that depend on their contents only.
 *
 * <p>A path has 100 bytes at most, or 256 if it can be divided at a slash.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int MOST_NAME = 100;
  private static final int MOST_PREFIX = 155;

  private final OutputStream out;
  private final Instant time;

  private Tar(OutputStream out, Instant time) {
    this.out = out;
    this.time = time;
  }

  /**
   * Writes the tree to a stream, which stays open.
   *
   * @param root the prefix of all paths: empty, or a path that ends with a slash
   * @param time the time of all files
   */
  static void write(Tree tree, String root, Instant time, OutputStream out) throws IOException {
    Tar tar = new Tar(out, time);
    if (!root.isEmpty()) {
      tar.header(root, 0755, 0, 0, '5', "");
    }
    for (Map.Entry<String, Tree.Item> item : tree.items().entrySet()) {
      tar.add(root + item.getKey(), item.getValue());
    }
    out.write(new byte[2 * BLOCK]);
  }

  /** Writes the tree as a gzip-compressed file. */
  static void compress(Tree tree, String root, Instant time, Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      write(tree, root, time, out);
    }
  }

  private void add(String path, Tree.Item item) throws IOException {
    switch (item) {
      case Tree.Folder folder -> header(path + "/", folder.mode(), folder.owner(), 0, '5', "");
      case Tree.Link link -> header(path, 0777, 0, 0, '2', link.target());
      case Tree.Made file -> {
        header(path, 0644, 0, file.content().length, '0', "");
        out.write(file.content());
        pad(file.content().length);
      }
      case Tree.Copied file -> {
        header(path, file.executable() ? 0755 : 0644, 0, file.size(), '0', "");
        try (InputStream in = file.open()) {
          in.transferTo(out);
        }
        pad(file.size());
      }
    }
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  private void header(String path, int mode, int owner, long size, char type, String target)
      throws IOException {
    byte[] header = new byte[BLOCK];
    int slash = path.length() <= MOST_NAME ? -1 : path.indexOf('/', path.length() - MOST_NAME - 1);
    if (slash > MOST_PREFIX || (slash < 0 && path.length() > MOST_NAME)) {
      throw new IOException(path + " is too long for a tar archive");
    }
    put(header, 0, path.substring(slash + 1));
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "%07o".formatted(owner));
    put(header, 116, "%07o".formatted(owner));
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(time.getEpochSecond()));
    put(header, 148, "        ");
    put(header, 156, String.valueOf(type));
    put(header, 157, target);
    put(header, 257, "ustar\00000");
    put(header, 265, owner == 0 ? "root" : "");
    put(header, 297, owner == 0 ? "root" : "");
    put(header, 345, path.substring(0, Math.max(slash, 0)));
    int sum = 0;
    for (byte octet : header) {
      sum += octet & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}

package fetch.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a package by their paths. They are sorted, and independent of owners, times and
 * modes on the building machine: equal contents yield equal bytes.
 *
 * <p>For one thread.
 */
final class Tree {
  /** The item at a path. */
  sealed interface Item {}

  /**
   * @param owner the number of its user and group
   */
  record Folder(int mode, int owner) implements Item {}

  /** A file on this machine's disk. */
  record Copied(Path source, boolean executable) implements Item {
    long size() throws IOException {
      return Files.size(source);
    }

    InputStream open() throws IOException {
      return Files.newInputStream(source);
    }
  }

  /** A file that the build generates. */
  record Made(byte[] content) implements Item {}

  /** A symbolic link. */
  record Link(String target) implements Item {}

  private static final Folder FOLDER = new Folder(0755, 0);

  private final TreeMap<String, Item> items = new TreeMap<>();

  /** Paths with slashes between the names, and none at the start or end. */
  SortedMap<String, Item> items() {
    return Collections.unmodifiableSortedMap(items);
  }

  Tree add(String path, String text) {
    return put(path, new Made(text.getBytes(StandardCharsets.UTF_8)));
  }

  Tree add(String path, byte[] content) {
    return put(path, new Made(content));
  }

  Tree link(String path, String target) {
    return put(path, new Link(target));
  }

  Tree folder(String path, int mode, int owner) {
    return put(path, new Folder(mode, owner));
  }

  /** Adds a file of this machine, or the target of a link. */
  Tree copy(String path, Path file) {
    return put(path, new Copied(file, Files.isExecutable(file)));
  }

  /** Adds all files in a directory of this machine. */
  Tree copyAll(String path, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      copy(path + "/" + directory.relativize(file).toString().replace('\\', '/'), file);
    }
    return this;
  }

  /** Adds all of another tree below a directory. */
  Tree addAll(String path, Tree other) {
    for (Map.Entry<String, Item> item : other.items.entrySet()) {
      put(path + "/" + item.getKey(), item.getValue());
    }
    return this;
  }

  Tree put(String path, Item item) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      items.putIfAbsent(path.substring(0, slash), FOLDER);
    }
    items.put(path, item);
    return this;
  }

  /** The total size of all files in bytes. */
  long size() throws IOException {
    long size = 0;
    for (Item item : items.values()) {
      size +=
          switch (item) {
            case Copied file -> file.size();
            case Made file -> file.content().length;
            case Folder folder -> 0;
            case Link link -> 0;
          };
    }
    return size;
  }
}

package fetch.spark;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * The directory that a job writes to, on any Hadoop file system. Files appear in it only when
 * complete, and existing chunks are never replaced. Safe for many threads.
 */
final class OutputDirectory {
  /** The directory of files in progress; Spark ignores it for its name. */
  private static final String TEMPORARY = "_temporary";

  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";

  private final Path root;
  private final Configuration hadoop;
  private final FileSystem files;

  private OutputDirectory(Path root, Configuration hadoop, FileSystem files) {
    this.root = root;
    this.hadoop = hadoop;
    this.files = files;
  }

  /**
   * Opens a directory, which need not exist.
   *
   * @param path a relative one is in the working directory of this process
   */
  static OutputDirectory open(String path, Configuration hadoop) throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(hadoop);
    Path root = files.makeQualified(given);
    return new OutputDirectory(
        root, hadoop, files instanceof LocalFileSystem local ? local.getRaw() : files);
  }

  /** Its absolute path, with scheme. */
  String path() {
    return root.toString();
  }

  Path resolve(String name) {
    return new Path(root, name);
  }

  /** The absolute paths of the chunks. */
  List<String> paths(Manifest manifest) {
    return manifest.chunks().stream().map(chunk -> resolve(chunk.name()).toString()).toList();
  }

  boolean exists(String name) throws IOException {
    return files.exists(resolve(name));
  }

  /** Whether anything exists at its path. */
  boolean exists() throws IOException {
    return files.exists(root);
  }

  FSDataInputStream read(String name) throws IOException {
    return files.open(resolve(name));
  }

  /** The whole text of a file. */
  String text(String name) throws IOException {
    try (FSDataInputStream in = read(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The lines of a stored list, which is closed when the task on Spark ends. */
  Iterator<String> lines(String name) throws IOException {
    BufferedReader list = list(name);
    TaskContext.get().addTaskCompletionListener((TaskContext _) -> close(list));
    return list.lines().iterator();
  }

  private static void close(BufferedReader list) {
    try {
      list.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a stored list. */
  BufferedReader list(String name) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(read(name)), StandardCharsets.UTF_8));
  }

  /** Writes a stored list, and returns the number of its lines. */
  long writeList(String name, Iterator<String> lines) throws IOException {
    long[] size = new long[1];
    write(
        name,
        out -> {
          BufferedWriter text =
              new BufferedWriter(
                  new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8));
          while (lines.hasNext()) {
            text.write(lines.next());
            text.write('\n');
            size[0]++;
          }
          text.close();
        });
    return size[0];
  }

  /** Writes the contents of a file. */
  interface Contents {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file whose contents depend on its name alone; an existing one is kept. */
  void write(String name, Contents contents) throws IOException {
    Path temporary = temporary();
    try (FSDataOutputStream out = files.create(temporary, true)) {
      contents.writeTo(out);
    }
    Path target = resolve(name);
    files.mkdirs(target.getParent());
    try {
      if (!files.rename(temporary, target) && !files.exists(target)) {
        throw new IOException("cannot rename " + temporary + " to " + target);
      }
    } finally {
      files.delete(temporary, false);
    }
  }

  private Path temporary() throws IOException {
    Path directory = resolve(TEMPORARY);
    files.mkdirs(directory);
    return new Path(directory, UUID.randomUUID().toString());
  }

  /**
   * Moves a finished file to a name, unless that is taken; the existing file then stays unchanged.
   *
   * @return false if it is taken
   */
  boolean putIfAbsent(String name, java.nio.file.Path finished) throws IOException {
    return putIfAbsent(name, out -> Files.copy(finished, out));
  }

  /**
   * Writes a file with a name, unless that is taken; then the file there stays as it is.
   *
   * @return false if it is taken
   */
  boolean putIfAbsent(String name, Contents contents) throws IOException {
    Path target = resolve(name);
    files.mkdirs(target.getParent());
    try {
      switch (String.valueOf(root.toUri().getScheme())) {
        case "file" -> link(contents, target);
        case "s3a" -> create(contents, target, true);
        case "gs" -> create(contents, target, false);
        default -> rename(contents, target);
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException refused) {
      return false;
    } catch (IOException e) {
      if (files.exists(target)) {
        return false; // some stores report a taken name with their own exceptions
      }
      throw e;
    }
  }

  /** A rename replaces an existing file; link(2) does not. */
  private void link(Contents contents, Path target) throws IOException {
    java.nio.file.Path near = java.nio.file.Path.of(temporary().toUri());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(near))) {
        contents.writeTo(out);
      }
      Files.createLink(java.nio.file.Path.of(target.toUri()), near);
    } finally {
      Files.deleteIfExists(near);
    }
  }

  private void rename(Contents contents, Path target) throws IOException {
    Path near = temporary();
    try {
      try (OutputStream out = files.create(near, true)) {
        contents.writeTo(out);
      }
      FileContext.getFileContext(target.toUri(), hadoop).rename(near, target, Options.Rename.NONE);
    } finally {
      files.delete(near, false);
    }
  }

  /** For object stores, where objects appear only when complete. */
  private void create(Contents contents, Path target, boolean conditional) throws IOException {
    org.apache.hadoop.fs.FSDataOutputStreamBuilder<?, ?> builder =
        files.createFile(target).recursive();
    if (conditional) {
      builder.overwrite(true).must(CONDITIONAL_CREATE, true);
    } else {
      builder.overwrite(false);
    }
    try (FSDataOutputStream out = builder.build()) {
      contents.writeTo(out);
    }
  }

  /** The names of the files in a directory below this one; none when it is not there. */
  List<String> namesIn(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus file : files.listStatus(resolve(directory))) {
        names.add(directory + "/" + file.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      // There are none.
    }
    return names;
  }

  /** Deletes a file or a directory; does nothing if it does not exist. */
  void delete(String name) throws IOException {
    try {
      files.delete(resolve(name), true);
    } catch (FileNotFoundException e) {
      // it does not exist
    }
  }

  /** Deletes the unfinished files of tasks that ended early. */
  void deleteTemporary() throws IOException {
    delete(TEMPORARY);
  }
}

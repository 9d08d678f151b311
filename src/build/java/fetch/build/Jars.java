package fetch.build;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies the application's jar and those of its libraries. What is in these stays as it is, except
 * that old class files are raised and native code is taken out.
 */
final class Jars {
  private final ClassFileRaiser raiser;
  private final NativeLibraries natives;

  private Jars(ClassFileRaiser raiser, NativeLibraries natives) {
    this.raiser = raiser;
    this.natives = natives;
  }

  /** Returns the installed jars in the order of the class path: the application's first. */
  static List<Path> install(
      Path applicationJar, String classPath, NativeLibraries natives, Path lib) throws IOException {
    List<Path> libraries = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    Jars jars = new Jars(ClassFileRaiser.over(libraries), natives);
    List<Path> installed = new ArrayList<>();
    installed.add(Files.copy(applicationJar, lib.resolve("fetch.jar")));
    for (Path library : libraries) {
      Path target = lib.resolve(library.getFileName());
      jars.copy(library, target);
      installed.add(target);
    }
    return List.copyOf(installed);
  }

  private void copy(Path source, Path target) throws IOException {
    if (!needsChange(source)) {
      Files.copy(source, target);
      return;
    }
    try (ZipInputStream in = open(source);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        copy(entry, in.readAllBytes(), out);
      }
    }
  }

  private void copy(ZipEntry entry, byte[] content, ZipOutputStream out) throws IOException {
    if (NativeLibraries.isNative(entry.getName())) {
      natives.install(entry.getName(), content);
      return;
    }
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTimeLocal(entry.getTimeLocal());
    out.putNextEntry(copy);
    out.write(isOldClass(entry, content) ? raiser.raise(content) : content);
    out.closeEntry();
  }

  private static boolean needsChange(Path jar) throws IOException {
    try (ZipInputStream in = open(jar)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (NativeLibraries.isNative(entry.getName()) || isOldClass(entry, in.readAllBytes())) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isOldClass(ZipEntry entry, byte[] content) {
    return entry.getName().endsWith(".class") && ClassFileRaiser.isOld(content);
  }

  private static ZipInputStream open(Path jar) throws IOException {
    return new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)));
  }
}

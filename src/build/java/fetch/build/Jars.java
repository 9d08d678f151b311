package fetch.build;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies the application's jar and those of its libraries. Class files are rewritten for a quick
 * start, and native code and classes that fetch cannot reach are left out, as are jars without any
 * remaining class. Everything else stays unchanged.
 */
final class Jars {
  /** Where the program looks for its commit. */
  private static final String COMMIT = "fetch/cli/commit";

  private final ClassFileRaiser raiser;
  private final TypeSwitches typeSwitches;
  private final NativeLibraries natives;
  private final UsedClasses used;

  private Jars(ClassHierarchyResolver hierarchy, NativeLibraries natives, UsedClasses used) {
    this.raiser = new ClassFileRaiser(hierarchy);
    this.typeSwitches = new TypeSwitches(hierarchy);
    this.natives = natives;
    this.used = used;
  }

  /**
   * Returns the installed jars in the order of the class path: the application's first.
   *
   * @param commit of the application, or empty
   */
  static List<Path> install(
      Path applicationJar, String commit, String classPath, NativeLibraries natives, Path lib)
      throws IOException {
    List<Path> libraries = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    List<Path> sources = new ArrayList<>();
    sources.add(applicationJar);
    sources.addAll(libraries);
    Jars jars = new Jars(hierarchy(sources), natives, UsedClasses.of(applicationJar, libraries));
    List<Path> installed = new ArrayList<>();
    for (Path source : sources) {
      boolean application = source.equals(applicationJar);
      Path target = lib.resolve(application ? Path.of("fetch.jar") : source.getFileName());
      if (jars.copy(source, target, application ? commit : "")) {
        installed.add(target);
      } else {
        Files.delete(target);
      }
    }
    return List.copyOf(installed);
  }

  /** Finds the super-classes of rewritten classes in these jars and in the JDK. */
  private static ClassHierarchyResolver hierarchy(List<Path> jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    return ClassHierarchyResolver.ofResourceParsing(loader);
  }

  /** Returns whether the copy has any class. */
  private boolean copy(Path source, Path target, String commit) throws IOException {
    boolean classes = false;
    try (ZipInputStream in = open(source);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        if (NativeLibraries.isNative(name)) {
          natives.install(name, in.readAllBytes());
        } else if (!name.equals(COMMIT) && used.contain(name)) {
          copy(entry, in.readAllBytes(), out);
          classes |= isClass(name);
        }
      }
      if (!commit.isEmpty()) {
        ZipEntry entry = new ZipEntry(COMMIT);
        entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        out.putNextEntry(entry);
        out.write(commit.getBytes(StandardCharsets.UTF_8));
      }
    }
    return classes;
  }

  private static boolean isClass(String entry) {
    return entry.endsWith(".class") && !entry.endsWith("module-info.class");
  }

  private void copy(ZipEntry entry, byte[] content, ZipOutputStream out) throws IOException {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTimeLocal(entry.getTimeLocal());
    out.putNextEntry(copy);
    out.write(entry.getName().endsWith(".class") ? rewrite(content) : content);
    out.closeEntry();
  }

  private byte[] rewrite(byte[] classFile) {
    return ClassFileRaiser.isOld(classFile)
        ? raiser.raise(classFile)
        : typeSwitches.unroll(classFile);
  }

  private static ZipInputStream open(Path jar) throws IOException {
    return new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)));
  }
}

package fetch.build;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.constant.ConstantDescs;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies the application's jar and those of its libraries. Class files are rewritten for a quick
 * start, and native code, and classes and methods that fetch cannot reach, are left out, as are
 * jars without any remaining class. Everything else stays unchanged.
 */
final class Jars {
  /** Where the program looks for its commit. */
  private static final String COMMIT = "fetch/cli/commit";

  private static final String SERVICES = "META-INF/services/";
  private static final Pattern VERSION = Pattern.compile("META-INF/versions/\\d+/(.+)");

  private record Entry(String name, LocalDateTime time, byte[] content) {
    boolean isClass() {
      return name.endsWith(".class");
    }

    /** The name of a class, with slashes. */
    String className() {
      Matcher versioned = VERSION.matcher(name);
      String plain = versioned.matches() ? versioned.group(1) : name;
      return plain.substring(0, plain.length() - ".class".length());
    }
  }

  private final ClassFileRaiser raiser;
  private final TypeSwitches typeSwitches;
  private final ProviderChecks providerChecks = new ProviderChecks();
  private final ClassFilter filter;
  private final NativeLibraries natives;
  private final UsedCode used;

  private Jars(ClassHierarchyResolver hierarchy, NativeLibraries natives) {
    this.raiser = new ClassFileRaiser(hierarchy);
    this.typeSwitches = new TypeSwitches(hierarchy);
    this.filter = new ClassFilter(hierarchy);
    this.natives = natives;
    this.used = new UsedCode(hierarchy);
  }

  /**
   * Returns the installed jars in the order of the class path: the application's first.
   *
   * @param commit of the application, or empty
   */
  static List<Path> install(
      Path applicationJar, String commit, String classPath, NativeLibraries natives, Path lib)
      throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(applicationJar);
    Stream.of(classPath.split(File.pathSeparator)).map(Path::of).forEach(sources::add);
    Jars jars = new Jars(hierarchy(sources), natives);
    List<List<Entry>> contents = new ArrayList<>();
    for (Path source : sources) {
      contents.add(jars.read(source, source.equals(applicationJar)));
    }
    if (!jars.providerChecks.answered()) {
      throw new IOException("there is no OkHttp among the jars");
    }
    jars.used.reach();
    List<Path> installed = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      boolean application = i == 0;
      List<Entry> kept = jars.kept(contents.get(i));
      if (application && !commit.isEmpty()) {
        byte[] content = commit.getBytes(StandardCharsets.UTF_8);
        kept.add(new Entry(COMMIT, LocalDateTime.of(2000, 1, 1, 0, 0), content));
      }
      Path target = lib.resolve(application ? Path.of("fetch.jar") : sources.get(i).getFileName());
      if (kept.stream().anyMatch(Entry::isClass)) {
        write(kept, target);
        installed.add(target);
      }
    }
    return List.copyOf(installed);
  }

  /**
   * Finds the super-classes of rewritten classes in these jars and in the JDK. Code that uses other
   * libraries never runs.
   */
  private static ClassHierarchyResolver hierarchy(List<Path> jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    return ClassHierarchyResolver.ofResourceParsing(loader)
        .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));
  }

  private List<Entry> read(Path jar, boolean application) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Map<String, List<ClassModel>> classes = new HashMap<>();
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Entry read = new Entry(entry.getName(), entry.getTimeLocal(), in.readAllBytes());
        if (NativeLibraries.isNative(read.name())) {
          natives.install(read.name(), read.content());
        } else if (read.isClass()) {
          if (!read.name().endsWith("module-info.class")) {
            Entry rewritten = new Entry(read.name(), read.time(), rewrite(read.content()));
            entries.add(rewritten);
            classes
                .computeIfAbsent(rewritten.className(), _ -> new ArrayList<>())
                .add(ClassFile.of().parse(rewritten.content()));
          }
        } else if (!read.name().equals(COMMIT)) {
          entries.add(read);
          if (read.name().startsWith(SERVICES)) {
            new String(read.content(), StandardCharsets.UTF_8)
                .lines()
                .forEach(provider -> used.addProvider(provider.strip()));
          }
        }
      }
    }
    used.add(classes, application);
    return entries;
  }

  private byte[] rewrite(byte[] classFile) {
    return filter.filter(
        ClassFileRaiser.isOld(classFile)
            ? raiser.raise(classFile)
            : typeSwitches.unroll(providerChecks.answer(classFile)));
  }

  /** Reached classes, the files beside them, and META-INF, which has the licences. */
  private List<Entry> kept(List<Entry> entries) {
    Set<String> packages = used.packages();
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : entries) {
      String name = entry.name();
      if (!entry.isClass()) {
        if (name.startsWith("META-INF/")
            || packages.contains(name.substring(0, name.lastIndexOf('/') + 1))) {
          kept.add(entry);
        }
      } else if (used.contains(entry.className())) {
        ClassModel model = ClassFile.of().parse(entry.content());
        byte[] content = filter.keep(method -> used.contains(model, method), model);
        kept.add(new Entry(name, entry.time(), content));
      }
    }
    return kept;
  }

  private static void write(List<Entry> entries, Path jar) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Entry entry : entries) {
        ZipEntry copy = new ZipEntry(entry.name());
        copy.setTimeLocal(entry.time());
        out.putNextEntry(copy);
        out.write(entry.content());
        out.closeEntry();
      }
    }
  }
}

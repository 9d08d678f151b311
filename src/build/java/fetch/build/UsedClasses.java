package fetch.build;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Finds the classes of the libraries that fetch can reach. The others, two thirds of all, need not
 * be shipped.
 *
 * <p>A class is reached if its name, in any form, is in the constant pool of a reached class. So
 * names in strings count, as for {@code Class.forName}. The application's classes are reached, and
 * so are providers of services, and all classes of a jar with native methods, because native code
 * refers to classes by name.
 */
final class UsedClasses {
  private static final String SERVICES = "META-INF/services/";
  private static final Pattern VERSION = Pattern.compile("META-INF/versions/\\d+/(.+)");

  /** The name of a class, in a descriptor, a signature or a string. Kotlin's have hyphens. */
  private static final Pattern NAME = Pattern.compile("L?([\\w$-]+(?:[./][\\w$-]+)+)");

  /** All variants of a class for different versions of Java, by its name with slashes. */
  private final Map<String, List<byte[]>> classes = new HashMap<>();

  private final Set<String> roots = new HashSet<>();
  private final Set<String> reached = new HashSet<>();
  private final Set<String> packages;

  private UsedClasses(Path application, List<Path> libraries) throws IOException {
    read(application, true);
    for (Path library : libraries) {
      read(library, false);
    }
    reach();
    this.packages =
        reached.stream()
            .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
            .collect(Collectors.toUnmodifiableSet());
  }

  static UsedClasses of(Path application, List<Path> libraries) throws IOException {
    return new UsedClasses(application, libraries);
  }

  /**
   * Whether an entry of a jar is needed: a reached class, a file beside a reached class, or one of
   * META-INF, where the licences are.
   */
  boolean contain(String entry) {
    if (isClass(entry)) {
      return reached.contains(className(entry));
    }
    return entry.startsWith("META-INF/")
        || packages.contains(entry.substring(0, entry.lastIndexOf('/') + 1));
  }

  private static boolean isClass(String entry) {
    return entry.endsWith(".class");
  }

  private static String className(String entry) {
    Matcher versioned = VERSION.matcher(entry);
    String name = versioned.matches() ? versioned.group(1) : entry;
    return name.substring(0, name.length() - ".class".length());
  }

  private void read(Path jar, boolean application) throws IOException {
    List<String> names = new ArrayList<>();
    boolean whole = application;
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String path = entry.getName();
        if (isClass(path)) {
          String name = className(path);
          byte[] content = in.readAllBytes();
          names.add(name);
          classes.computeIfAbsent(name, unused -> new ArrayList<>()).add(content);
          whole |= hasNativeMethod(content);
        } else if (path.startsWith(SERVICES)) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .forEach(provider -> roots.add(provider.strip().replace('.', '/')));
        }
      }
    }
    if (whole) {
      roots.addAll(names);
    }
  }

  private static boolean hasNativeMethod(byte[] content) {
    return ClassFile.of().parse(content).methods().stream()
        .anyMatch(method -> method.flags().has(AccessFlag.NATIVE));
  }

  private void reach() {
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (classes.containsKey(name) && reached.add(name)) {
        classes.get(name).forEach(content -> names(content, open));
      }
    }
  }

  private void names(byte[] content, Deque<String> open) {
    for (PoolEntry entry : ClassFile.of().parse(content).constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Matcher names = NAME.matcher(text.stringValue());
        while (names.find()) {
          open.push(names.group(1).replace('.', '/'));
          // A descriptor's L does not belong to the name, but the name of a class may begin with an
          // L.
          open.push(names.group().replace('.', '/'));
        }
      }
    }
  }
}

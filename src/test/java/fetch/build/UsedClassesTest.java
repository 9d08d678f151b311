package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution has the classes that fetch can reach, and no others. */
class UsedClassesTest {
  @TempDir private Path directory;
  private BuildProgram build;
  private Method of;
  private Method contain;

  static final class Application {
    final Called called = new Called();
    final String name = "fetch.build.UsedClassesTest$Named";
  }

  static class Called {
    CalledByCalled next() {
      return new CalledByCalled();
    }
  }

  static class CalledByCalled {}

  static class Named {}

  static class Unused {}

  static class Provider {}

  static class WithNativeMethod {
    native void call();
  }

  static class FoundByNativeCode {}

  @BeforeEach
  void compile() throws ReflectiveOperationException, IOException {
    build = new BuildProgram(directory, "UsedClasses");
    of = build.method("of", Path.class, List.class);
    contain = build.method("contain", String.class);
  }

  @AfterEach
  void close() throws IOException {
    build.close();
  }

  @Test
  void reachesWhatReachedClassesName() throws IOException {
    Predicate<String> used =
        used(library(Called.class, CalledByCalled.class, Named.class, Unused.class));

    assertThat(used.test(path(Called.class))).isTrue();
    assertThat(used.test(path(CalledByCalled.class))).isTrue();
    assertThat(used.test(path(Named.class))).as("named in a string").isTrue();
    assertThat(used.test(path(Unused.class))).isFalse();
  }

  @Test
  void reachesProvidersOfServices() throws IOException {
    Map<String, byte[]> entries = library(Provider.class);
    entries.put(
        "META-INF/services/java.lang.Runnable",
        Provider.class.getName().getBytes(StandardCharsets.UTF_8));

    assertThat(used(entries).test(path(Provider.class))).isTrue();
  }

  @Test
  void reachesAllOfJarWithNativeMethods() throws IOException {
    Predicate<String> used = used(library(WithNativeMethod.class, FoundByNativeCode.class));

    assertThat(used.test(path(FoundByNativeCode.class))).isTrue();
  }

  @Test
  void reachesVariantsForLaterVersionsOfJava() throws IOException {
    String variant = "META-INF/versions/21/" + path(Called.class);
    Map<String, byte[]> entries = library(Named.class);
    entries.put(variant, content(Called.class));

    assertThat(used(entries).test(variant)).isTrue();
    assertThat(used(entries).test("META-INF/versions/21/" + path(Unused.class))).isFalse();
  }

  @Test
  void keepsLicencesAndFilesBesideReachedClasses() throws IOException {
    Predicate<String> used = used(library(Called.class));

    assertThat(used.test("META-INF/LICENSE")).isTrue();
    assertThat(used.test("fetch/build/data.list")).isTrue();
    assertThat(used.test("org/example/unused/data.list")).isFalse();
  }

  /** Returns which entries of the library the application uses. */
  private Predicate<String> used(Map<String, byte[]> library) throws IOException {
    Path application = jar("application.jar", library(Application.class));
    Object used = invoke(of, null, application, List.of(jar("library.jar", library)));
    return entry -> (boolean) invoke(contain, used, entry);
  }

  private static Object invoke(Method method, @Nullable Object object, Object... arguments) {
    try {
      return method.invoke(object, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Map<String, byte[]> library(Class<?>... classes) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Class<?> type : classes) {
      entries.put(path(type), content(type));
    }
    return entries;
  }

  private Path jar(String name, Map<String, byte[]> entries) throws IOException {
    Path jar = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar;
  }

  private static String path(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] content(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + path(type))) {
      return in.readAllBytes();
    }
  }
}

package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switches over types choose as before when the build has rewritten them. */
class TypeSwitchesTest {
  private static final String SOURCE = "src/build/java/fetch/build/TypeSwitches.java";

  @TempDir private Path directory;
  private URLClassLoader build;
  private Object typeSwitches;
  private Method unroll;

  /** The build's programs are no part of what is tested; this compiles one of them. */
  @BeforeEach
  void compile() throws ReflectiveOperationException, IOException {
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", directory.toString(), SOURCE);
    assertThat(failed).isZero();
    build = new URLClassLoader(new URL[] {directory.toUri().toURL()});
    Class<?> type = build.loadClass("fetch.build.TypeSwitches");
    Constructor<?> constructor = type.getDeclaredConstructor(ClassHierarchyResolver.class);
    constructor.setAccessible(true);
    typeSwitches =
        constructor.newInstance(
            ClassHierarchyResolver.ofResourceParsing(getClass().getClassLoader()));
    unroll = type.getDeclaredMethod("unroll", byte[].class);
    unroll.setAccessible(true);
  }

  @AfterEach
  void close() throws IOException {
    build.close();
  }

  private byte[] unrolled(byte[] classFile) {
    try {
      return (byte[]) unroll.invoke(typeSwitches, classFile);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static byte[] classFile(String name) {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = TypeSwitchesTest.class.getClassLoader().getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean needsBootstrap(byte[] classFile) {
    return new String(classFile, StandardCharsets.ISO_8859_1).contains("SwitchBootstraps");
  }

  /** Loads the switches anew, rewritten. */
  private final class Rewritten extends ClassLoader {
    Rewritten() {
      super(TypeSwitchesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ManySwitches.class.getName()) || findLoadedClass(name) != null) {
        return super.loadClass(name, resolve);
      }
      byte[] bytes = unrolled(classFile(name));
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  @Test
  void rewrittenSwitchesChooseAsBefore() throws ReflectiveOperationException {
    Constructor<?> rewritten =
        new Rewritten().loadClass(ManySwitches.class.getName()).getDeclaredConstructor();
    rewritten.setAccessible(true);

    Object answers = ((Supplier<?>) rewritten.newInstance()).get();

    assertThat(answers).isEqualTo(new ManySwitches().get());
    assertThat((List<?>) answers).hasSizeGreaterThan(80);
  }

  @Test
  void nothingIsLeftToTheBootstrapMethod() {
    for (Class<?> type : List.of(ManySwitches.class, ManySwitches.Shape.class)) {
      byte[] original = classFile(type.getName());

      assertThat(needsBootstrap(original)).isTrue();
      assertThat(needsBootstrap(unrolled(original))).isFalse();
    }
  }

  @Test
  void switchesWithOtherLabelsThanTypesStay() {
    byte[] original = classFile(ManySwitches.Constants.class.getName());

    assertThat(needsBootstrap(unrolled(original))).isTrue();
  }

  @Test
  void classesWithoutSuchSwitchesStay() {
    byte[] original = classFile(ManySwitches.Circle.class.getName());

    assertThat(unrolled(original)).isSameAs(original);
  }
}

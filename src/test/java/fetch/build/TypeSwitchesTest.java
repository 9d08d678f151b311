package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switches over types choose as before when the build has rewritten them. */
class TypeSwitchesTest {
  @TempDir private Path directory;
  private BuildProgram build;
  private Object typeSwitches;
  private Method unroll;

  @BeforeEach
  void compile() throws ReflectiveOperationException, IOException {
    build = new BuildProgram(directory, "TypeSwitches");
    typeSwitches =
        build
            .constructor(ClassHierarchyResolver.class)
            .newInstance(ClassHierarchyResolver.ofResourceParsing(getClass().getClassLoader()));
    unroll = build.method("unroll", byte[].class);
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

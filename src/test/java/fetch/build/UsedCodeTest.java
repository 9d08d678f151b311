package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution has the classes and methods that fetch can reach, and no others. */
class UsedCodeTest {
  @TempDir private Path directory;
  private BuildProgram build;
  private Object used;

  static final class Application {
    final String name = "fetch.build.UsedCodeTest$Named";

    Object run(Parent parent) {
      return parent.called(new Called());
    }

    String method() {
      return "byName";
    }
  }

  static class Called {
    CalledByCalled next = new CalledByCalled();

    Unused notCalled() {
      return new Unused();
    }

    void byName() {}
  }

  static class CalledByCalled {}

  static class Named {}

  static class Unused {}

  static class Provider {
    Provider() {}

    Provider(int number) {}
  }

  static class WithNativeMethod {
    native void call();
  }

  static class FoundByNativeCode {
    void foundByNativeCode() {}
  }

  abstract static class Parent {
    abstract Object called(Called argument);
  }

  static final class Child extends Parent implements Runnable {
    static final Child INSTANCE = new Child();

    @Override
    Object called(Called argument) {
      return argument;
    }

    @Override
    public void run() {}

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return other == this;
    }

    void called() {}
  }

  enum Kind {
    ONE
  }

  static class Older {
    Object run() {
      return new OfOlder();
    }
  }

  /** Stands for the variant of {@link Older} for a later version of Java. */
  static class Newer {
    Object run() {
      return new OfNewer();
    }
  }

  static class OfOlder {}

  static class OfNewer {}

  @BeforeEach
  void compile() throws Exception {
    build = new BuildProgram(directory, "UsedCode");
    used =
        build
            .constructor(ClassHierarchyResolver.class)
            .newInstance(
                ClassHierarchyResolver.ofResourceParsing(UsedCodeTest.class.getClassLoader()));
    add(true, Application.class);
  }

  @AfterEach
  void close() throws IOException {
    build.close();
  }

  @Test
  void reachesWhatReachedMethodsName() throws Exception {
    add(false, Called.class, CalledByCalled.class, Named.class, Unused.class, Parent.class);
    reach();

    assertThat(contains(Called.class)).isTrue();
    assertThat(contains(CalledByCalled.class)).isTrue();
    assertThat(contains(Named.class)).as("named in a string").isTrue();
    assertThat(contains(Unused.class)).as("named in a method that is not called").isFalse();
    assertThat(methods(Called.class)).containsExactlyInAnyOrder("<init>", "byName");
  }

  @Test
  void reachesProvidersOfServices() throws Exception {
    add(false, Provider.class);
    build.method("addProvider", String.class).invoke(used, Provider.class.getName());
    reach();

    assertThat(methods(Provider.class)).containsExactly("<init>");
  }

  @Test
  void reachesAllOfJarWithNativeMethods() throws Exception {
    add(false, WithNativeMethod.class, FoundByNativeCode.class);
    reach();

    assertThat(methods(FoundByNativeCode.class)).contains("foundByNativeCode");
  }

  @Test
  void reachesMethodsThatOverrideCalledOnes() throws Exception {
    add(false, Parent.class, Child.class, Called.class);
    build.method("addProvider", String.class).invoke(used, Child.class.getName());
    reach();

    assertThat(methods(Parent.class)).containsExactlyInAnyOrder("<init>", "called");
    assertThat(methods(Child.class))
        .as("also what the JDK calls, but not called()")
        .containsExactlyInAnyOrder("<init>", "<clinit>", "called", "run", "hashCode", "equals");
  }

  @Test
  void keepsTheValuesOfEnums() throws Exception {
    add(false, Kind.class);
    build.method("addProvider", String.class).invoke(used, Kind.class.getName());
    reach();

    assertThat(methods(Kind.class)).contains("values", "valueOf");
  }

  @Test
  void followsEachVariantOfAClass() throws Exception {
    ClassDesc name = Older.class.describeConstable().orElseThrow();
    byte[] newer =
        ClassFile.of().transformClass(model(Newer.class), name, ClassTransform.ACCEPT_ALL);
    List<ClassModel> variants = List.of(model(Older.class), ClassFile.of().parse(newer));
    add(false, OfOlder.class, OfNewer.class);
    build
        .method("add", Map.class, boolean.class)
        .invoke(used, Map.of(name(Older.class), variants), true);
    reach();

    assertThat(contains(OfOlder.class)).isTrue();
    assertThat(contains(OfNewer.class)).isTrue();
  }

  private void add(boolean application, Class<?>... types) throws Exception {
    Map<String, List<ClassModel>> jar =
        Arrays.stream(types)
            .collect(Collectors.toMap(UsedCodeTest::name, type -> List.of(model(type))));
    build.method("add", Map.class, boolean.class).invoke(used, jar, application);
  }

  private void reach() throws Exception {
    build.method("reach").invoke(used);
  }

  private boolean contains(Class<?> type) throws Exception {
    return (boolean) build.method("contains", String.class).invoke(used, name(type));
  }

  private List<String> methods(Class<?> type) throws Exception {
    Method contains = build.method("contains", ClassModel.class, MethodModel.class);
    ClassModel model = model(type);
    List<String> methods = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      if ((boolean) contains.invoke(used, model, method)) {
        methods.add(method.methodName().stringValue());
      }
    }
    return methods;
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static ClassModel model(Class<?> type) {
    try (InputStream in = type.getResourceAsStream("/" + name(type) + ".class")) {
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

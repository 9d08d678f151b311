package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A class of the build's programs. They are no part of what is tested, so this compiles it. */
final class BuildProgram implements AutoCloseable {
  private final URLClassLoader loader;
  private final Class<?> type;

  /**
   * @param directory for the class files
   * @param name without its package
   */
  BuildProgram(Path directory, String name) throws IOException, ClassNotFoundException {
    String source = "src/build/java/fetch/build/" + name + ".java";
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-sourcepath",
                "src/build/java",
                "-d",
                directory.toString(),
                source);
    assertThat(failed).isZero();
    this.loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
    this.type = loader.loadClass("fetch.build." + name);
  }

  Constructor<?> constructor(Class<?>... parameters) throws NoSuchMethodException {
    return accessible(type.getDeclaredConstructor(parameters));
  }

  Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
    return accessible(type.getDeclaredMethod(name, parameters));
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    member.setAccessible(true);
    return member;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}

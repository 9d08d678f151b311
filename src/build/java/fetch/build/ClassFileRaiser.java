package fetch.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Rewrites class files older than Java 6 as those of Java 8, with stack maps: the JVM's start-up
 * cache refuses classes that it has to verify by the old, inferring verifier. Picocli is such a
 * library, and half of its start-up time is saved by this.
 */
final class ClassFileRaiser {
  private static final int MAJOR_VERSION_OFFSET = 6;

  /** Method bodies are taken apart and built anew: that is what makes their stack maps. */
  private static final ClassTransform RAISE =
      ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element))
          .andThen(ClassFileRaiser::raiseVersion);

  private final ClassFile classFile;

  private ClassFileRaiser(ClassHierarchyResolver hierarchy) {
    this.classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Returns one that finds the super-classes of what it rewrites in these jars and in the JDK. */
  static ClassFileRaiser over(List<Path> jars) {
    URL[] urls = jars.stream().map(ClassFileRaiser::url).toArray(URL[]::new);
    ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    return new ClassFileRaiser(ClassHierarchyResolver.ofResourceParsing(loader));
  }

  static boolean isOld(byte[] bytes) {
    int major = (bytes[MAJOR_VERSION_OFFSET] & 0xff) << 8 | bytes[MAJOR_VERSION_OFFSET + 1] & 0xff;
    return major < ClassFile.JAVA_6_VERSION;
  }

  byte[] raise(byte[] bytes) {
    byte[] raised = classFile.transformClass(classFile.parse(bytes), RAISE);
    List<VerifyError> errors = classFile.verify(raised);
    if (!errors.isEmpty()) {
      throw errors.getFirst();
    }
    return raised;
  }

  private static void raiseVersion(ClassBuilder builder, ClassElement element) {
    if (element instanceof ClassFileVersion) {
      builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
    } else {
      builder.with(element);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}

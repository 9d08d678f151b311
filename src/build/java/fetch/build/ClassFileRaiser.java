package fetch.build;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.util.List;

/**
 * Rewrites class files older than Java 6 as those of Java 8, with stack maps: the JVM's start-up
 * cache rejects classes that need the old, inferring verifier. Picocli is such a library; this
 * halves its start-up time.
 */
final class ClassFileRaiser {
  private static final int MAJOR_VERSION_OFFSET = 6;

  /** Method bodies are rebuilt, which generates their stack maps. */
  private static final ClassTransform RAISE =
      ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element))
          .andThen(ClassFileRaiser::raiseVersion);

  private final ClassFile classFile;

  ClassFileRaiser(ClassHierarchyResolver hierarchy) {
    this.classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
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
}

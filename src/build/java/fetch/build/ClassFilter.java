package fetch.build;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attribute;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileElement;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Removes from class files what only compilers, debuggers and reflection read, a sixth of their
 * size: names of local variables, generic types, and annotations such as Kotlin's metadata. Line
 * numbers stay, for stack traces.
 */
final class ClassFilter {
  private static final Set<String> UNUSED_ATTRIBUTES =
      Set.of(
          "MethodParameters",
          "RuntimeInvisibleAnnotations",
          "RuntimeInvisibleParameterAnnotations",
          "RuntimeInvisibleTypeAnnotations",
          "RuntimeVisibleTypeAnnotations",
          "Signature",
          "SourceDebugExtension");

  private static final List<String> UNUSED_ANNOTATIONS =
      List.of("Lkotlin/", "Lorg/jetbrains/", "Lorg/jspecify/");

  private static final ClassTransform FILTER =
      ClassTransform.dropping(ClassFilter::isUnused)
          .andThen(
              ClassTransform.transformingMethods(
                  MethodTransform.dropping(ClassFilter::isUnused)
                      .andThen(
                          MethodTransform.transformingCode(
                              (CodeTransform)
                                  (code, element) -> {
                                    if (!isUnused(element)) {
                                      code.with(element);
                                    }
                                  }))))
          .andThen(
              ClassTransform.transformingFields(FieldTransform.dropping(ClassFilter::isUnused)));

  private final ClassFile classFile;

  ClassFilter(ClassHierarchyResolver hierarchy) {
    this.classFile =
        ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Returns the class file without these parts. */
  byte[] filter(byte[] bytes) {
    return classFile.transformClass(classFile.parse(bytes), FILTER);
  }

  /** Returns the class file with some of its methods. */
  byte[] keep(Predicate<MethodModel> methods, ClassModel model) {
    return classFile.transformClass(
        model,
        ClassTransform.dropping(
            element -> element instanceof MethodModel method && !methods.test(method)));
  }

  private static boolean isUnused(ClassFileElement element) {
    return switch (element) {
      case LocalVariable _, LocalVariableType _ -> true;
      case RuntimeVisibleAnnotationsAttribute visible ->
          visible.annotations().stream().allMatch(ClassFilter::isUnusedAnnotation);
      case Attribute<?> attribute ->
          UNUSED_ATTRIBUTES.contains(attribute.attributeName().stringValue());
      default -> false;
    };
  }

  private static boolean isUnusedAnnotation(Annotation annotation) {
    String type = annotation.className().stringValue();
    return UNUSED_ANNOTATIONS.stream().anyMatch(type::startsWith);
  }
}

package fetch.build;

import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Interfaces;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Superclass;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a part of a class refers to: those in the constant pool that it would have alone.
 *
 * @param classes names that may be of classes, with slashes; those in strings count, as for {@code
 *     Class.forName}
 * @param methods names with descriptors, whatever the class; strings count as names, as for {@code
 *     Class.getMethod}
 */
record References(Set<String> classes, Set<String> methods) {
  /** The name of a class, in a descriptor, a signature or a string. Kotlin's have hyphens. */
  private static final Pattern NAME = Pattern.compile("L?([\\w$-]+(?:[./][\\w$-]+)+)");

  /** The key of a method in these sets. */
  static String key(String name, String descriptor) {
    return name + descriptor;
  }

  static String key(MethodModel method) {
    return key(method.methodName().stringValue(), method.methodType().stringValue());
  }

  static References of(byte[] content) {
    References references = new References(new HashSet<>(), new HashSet<>());
    for (PoolEntry entry : ClassFile.of().parse(content).constantPool()) {
      switch (entry) {
        case Utf8Entry text -> references.addClasses(text.stringValue());
        case MemberRefEntry member ->
            references.methods.add(key(member.name().stringValue(), member.type().stringValue()));
        case StringEntry string -> references.methods.add(string.stringValue());
        default -> {}
      }
    }
    return references;
  }

  private void addClasses(String text) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      classes.add(names.group(1).replace('.', '/'));
      // A descriptor's L does not belong to the name, but the name of a class may begin with an L.
      classes.add(names.group().replace('.', '/'));
    }
  }

  /** Takes classes apart. */
  static final class Parts {
    private final ClassFile classFile;

    Parts(ClassHierarchyResolver hierarchy) {
      this.classFile =
          ClassFile.of(
              ClassFile.ConstantPoolSharingOption.NEW_POOL,
              ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    References of(ClassModel model, MethodModel method) {
      return alone(model, method);
    }

    /** The references of a class outside its methods, without its inner classes. */
    References ofHead(ClassModel model) {
      References head =
          alone(model, model.elementStream().filter(Parts::isOfHead).toArray(ClassElement[]::new));
      for (ClassElement element : model) {
        switch (element) {
          case InnerClassesAttribute inner ->
              inner.classes().stream()
                  .filter(info -> info.innerClass().equals(model.thisClass()))
                  .flatMap(info -> info.outerClass().stream())
                  .forEach(outer -> head.classes.add(outer.asInternalName()));
          case EnclosingMethodAttribute enclosing ->
              head.classes.add(enclosing.enclosingClass().asInternalName());
          default -> {}
        }
      }
      return head;
    }

    private static boolean isOfHead(ClassElement element) {
      return element instanceof Superclass
          || element instanceof Interfaces
          || element instanceof FieldModel
          || element instanceof NestHostAttribute
          || element instanceof RecordAttribute
          || element instanceof RuntimeVisibleAnnotationsAttribute;
    }

    private References alone(ClassModel model, ClassElement... elements) {
      return References.of(
          classFile.build(
              model.thisClass().asSymbol(),
              builder -> {
                builder
                    .withVersion(model.majorVersion(), model.minorVersion())
                    .withFlags(model.flags().flagsMask());
                for (ClassElement element : elements) {
                  builder.with(element);
                }
              }));
    }
  }
}

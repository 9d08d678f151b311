package fetch.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the classes and methods of the libraries that fetch can reach. The others, three quarters
 * of all, need not be shipped.
 *
 * <p>A class is reached if its name, in any form, is in a reached method or in the declaration of a
 * reached class. A method is reached if its class is, and a reached method refers to its name and
 * descriptor in any class, or has its name as a string. The JDK calls methods that its own types
 * declare, constructors without arguments, and {@code values()} of enums.
 *
 * <p>The application's classes are reached with all their methods, and so is each jar with native
 * methods, because native code refers to classes and methods by name. Providers of services are
 * reached as classes.
 */
final class UsedCode {
  /** A method of a class, or of one of its variants for a version of Java. */
  private record Method(ClassModel owner, MethodModel model) {
    String key() {
      return References.key(model);
    }

    String name() {
      return model.methodName().stringValue();
    }
  }

  private final References.Parts parts;

  /** By the name of a class, with slashes: all its variants. */
  private final Map<String, List<ClassModel>> classes = new HashMap<>();

  private final Set<String> whole = new HashSet<>();
  private final Set<String> reached = new HashSet<>();
  private final Set<String> jdk = new HashSet<>();

  /** Names with descriptors, and names alone. */
  private final Set<String> called = new HashSet<>();

  /** By name and descriptor, and by name: methods of reached classes that are not called so far. */
  private final Map<String, List<Method>> waiting = new HashMap<>();

  private final Set<String> used = new HashSet<>();

  /** Each variant of a class has methods of its own. */
  private final Set<Method> followed = new HashSet<>();

  private final Deque<String> openClasses = new ArrayDeque<>();
  private final Deque<Method> openMethods = new ArrayDeque<>();

  UsedCode(ClassHierarchyResolver hierarchy) {
    this.parts = new References.Parts(hierarchy);
  }

  /** Adds the classes of a jar; all of them are used if it is the application's. */
  void add(Map<String, List<ClassModel>> jar, boolean application) {
    boolean all =
        application
            || jar.values().stream().flatMap(List::stream).anyMatch(UsedCode::hasNativeMethod);
    jar.forEach(
        (name, variants) -> classes.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(variants));
    if (all) {
      whole.addAll(jar.keySet());
      openClasses.addAll(jar.keySet());
    }
  }

  /** Adds the name of a class that the JDK finds as the provider of a service. */
  void addProvider(String name) {
    openClasses.add(name.replace('.', '/'));
  }

  private static boolean hasNativeMethod(ClassModel model) {
    return model.methods().stream().anyMatch(method -> method.flags().has(AccessFlag.NATIVE));
  }

  /** Follows all references. */
  void reach() {
    while (!openClasses.isEmpty() || !openMethods.isEmpty()) {
      if (openMethods.isEmpty()) {
        reach(openClasses.pop());
      } else {
        Method method = openMethods.pop();
        if (followed.add(method)) {
          used.add(id(method));
          follow(parts.of(method.owner(), method.model()));
        }
      }
    }
  }

  private void reach(String name) {
    if (!classes.containsKey(name) || !reached.add(name)) {
      return;
    }
    for (ClassModel model : classes.get(name)) {
      follow(parts.ofHead(model));
      supertypes(model).forEach(this::callJdk);
      for (MethodModel method : model.methods()) {
        add(new Method(model, method));
      }
    }
  }

  private void add(Method method) {
    if (whole.contains(method.owner().thisClass().asInternalName())
        || isCalledByJava(method)
        || called.contains(method.key())
        || called.contains(method.name())) {
      openMethods.push(method);
    } else {
      waiting.computeIfAbsent(method.key(), _ -> new ArrayList<>()).add(method);
      waiting.computeIfAbsent(method.name(), _ -> new ArrayList<>()).add(method);
    }
  }

  private static boolean isCalledByJava(Method method) {
    boolean enumeration = method.owner().flags().has(AccessFlag.ENUM);
    return method.model().flags().has(AccessFlag.ABSTRACT)
        || method.name().equals("<clinit>")
        || method.key().equals("<init>()V")
        || (enumeration && method.name().matches("values|valueOf"));
  }

  private void follow(References references) {
    openClasses.addAll(references.classes());
    references.methods().forEach(this::call);
  }

  private void call(String method) {
    if (called.add(method)) {
      List<Method> found = waiting.remove(method);
      if (found != null) {
        openMethods.addAll(found);
      }
    }
  }

  /** The methods of a type of the JDK may be called by the JDK. */
  private void callJdk(String name) {
    if (classes.containsKey(name) || !jdk.add(name)) {
      return;
    }
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      if (in != null) {
        ClassModel model = ClassFile.of().parse(in.readAllBytes());
        for (MethodModel method : model.methods()) {
          call(References.key(method));
        }
        supertypes(model).forEach(this::callJdk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> supertypes(ClassModel model) {
    List<ClassEntry> types = new ArrayList<>(model.interfaces());
    model.superclass().ifPresent(types::add);
    return types.stream().map(ClassEntry::asInternalName).toList();
  }

  private static String id(Method method) {
    return method.owner().thisClass().asInternalName() + "." + method.key();
  }

  boolean contains(String name) {
    return reached.contains(name);
  }

  boolean contains(ClassModel owner, MethodModel method) {
    return used.contains(id(new Method(owner, method)));
  }

  /** The packages of the reached classes, with slashes. */
  Set<String> packages() {
    return reached.stream()
        .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }
}

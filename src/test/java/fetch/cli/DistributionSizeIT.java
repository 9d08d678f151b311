package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The distribution is small, and has all code that it calls. */
class DistributionSizeIT {
  private static final long MOST_BYTES = 87_000_000;
  private static final long MOST_PACKED_BYTES = 38_000_000;

  /** The runtimes of other platforms have other sizes. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the figures are those of Linux")
  void takes87MbAnd38Packed() throws IOException {
    long size = 0;
    CountingStream packed = new CountingStream();
    try (Stream<Path> tree = Files.walk(Program.home());
        GZIPOutputStream gzip = new GZIPOutputStream(packed, 1 << 16)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        size += Files.size(file);
        Files.copy(file, gzip);
      }
    }

    assertThat(size).isLessThan(MOST_BYTES);
    assertThat(packed.count).isLessThan(MOST_PACKED_BYTES);
  }

  private static final class CountingStream extends OutputStream {
    long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }

  /** Libraries refer to optional libraries; but what is there is there with all that is used. */
  @Test
  void hasEachMethodAndFieldThatItsClassesName() throws IOException {
    Map<String, ClassModel> classes = classes();
    Map<String, Set<String>> members = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (ClassModel model : classes.values()) {
      for (PoolEntry entry : model.constantPool()) {
        if (entry instanceof MemberRefEntry member
            && classes.containsKey(member.owner().asInternalName())) {
          String name = member.name().stringValue() + member.type().stringValue();
          if (!members(member.owner().asInternalName(), classes, members).contains(name)) {
            missing.add(
                model.thisClass().asInternalName()
                    + ": "
                    + member.owner().asInternalName()
                    + "."
                    + name);
          }
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static Map<String, ClassModel> classes() throws IOException {
    Map<String, ClassModel> classes = new HashMap<>();
    try (Stream<Path> files = Files.list(Program.home().resolve("lib"))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
              ClassModel model = ClassFile.of().parse(zip.getInputStream(entry).readAllBytes());
              classes.putIfAbsent(model.thisClass().asInternalName(), model);
            }
          }
        }
      }
    }
    return classes;
  }

  /** The members of a type and of its supertypes, those of the JDK included. */
  private static Set<String> members(
      String type, Map<String, ClassModel> classes, Map<String, Set<String>> known)
      throws IOException {
    Set<String> found = known.get(type);
    if (found != null) {
      return found;
    }
    Set<String> members = new HashSet<>();
    ClassModel model = classes.containsKey(type) ? classes.get(type) : jdk(type);
    if (model != null) {
      model
          .methods()
          .forEach(m -> members.add(m.methodName().stringValue() + m.methodType().stringValue()));
      model
          .fields()
          .forEach(f -> members.add(f.fieldName().stringValue() + f.fieldType().stringValue()));
      List<ClassEntry> supertypes = new ArrayList<>(model.interfaces());
      model.superclass().ifPresent(supertypes::add);
      for (ClassEntry supertype : supertypes) {
        members.addAll(members(supertype.asInternalName(), classes, known));
      }
    }
    known.put(type, members);
    return members;
  }

  private static ClassModel jdk(String type) throws IOException {
    try (InputStream in =
        ClassLoader.getPlatformClassLoader().getResourceAsStream(type + ".class")) {
      return in == null ? null : ClassFile.of().parse(in.readAllBytes());
    }
  }
}

package fetch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a distribution, OkHttp does not look for security providers that are not there. */
class ProviderChecksTest {
  @TempDir private Path directory;
  @AutoClose private BuildProgram build;
  private Object checks;

  @BeforeEach
  void compile() throws Exception {
    build = new BuildProgram(directory, "ProviderChecks");
    checks = build.constructor().newInstance();
  }

  private byte[] answer(byte[] classFile) throws ReflectiveOperationException {
    return (byte[]) build.method("answer", byte[].class).invoke(checks, (Object) classFile);
  }

  private boolean answered() throws ReflectiveOperationException {
    return (boolean) build.method("answered").invoke(checks);
  }

  private static byte[] classFile(String name) throws IOException {
    String file = "/" + name + ".class";
    try (InputStream in = OkHttpClient.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static byte[] registry() throws IOException {
    return classFile("okhttp3/internal/platform/PlatformRegistry");
  }

  private static boolean returnsFalse(MethodModel method) {
    List<Opcode> code =
        method
            .code()
            .orElseThrow()
            .elementStream()
            .filter(Instruction.class::isInstance)
            .map(element -> ((Instruction) element).opcode())
            .toList();
    return code.equals(List.of(Opcode.ICONST_0, Opcode.IRETURN));
  }

  @Test
  void allThreeReturnFalse() throws Exception {
    ClassModel answered = ClassFile.of().parse(answer(registry()));

    assertThat(answered.methods())
        .filteredOn(ProviderChecksTest::returnsFalse)
        .extracting(method -> method.methodName().stringValue())
        .containsOnlyOnce("isConscryptPreferred", "isBouncyCastlePreferred", "isOpenJSSEPreferred");
    assertThat(answered()).isTrue();
  }

  @Test
  void otherClassesStayAsTheyAre() throws Exception {
    byte[] other = classFile("okhttp3/OkHttpClient");

    assertThat(answer(other)).isSameAs(other);
    assertThat(answered()).isFalse();
  }

  @Test
  void aRegistryThatAsksDifferentlyIsRefused() throws IOException {
    byte[] without =
        ClassFile.of()
            .transformClass(
                ClassFile.of().parse(registry()),
                ClassTransform.dropping(element ->
                    element instanceof MethodModel method
                        && method.methodName().equalsString("isConscryptPreferred")));

    assertThatThrownBy(() -> answer(without))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .hasMessageContaining("other methods than expected");
  }
}

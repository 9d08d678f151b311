package fetch.build;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.util.Set;

/**
 * Answers OkHttp's questions for security providers that fetch does not have. OkHttp asks whether
 * one of three is the first, for which Java sets up all of its own: 15 ms of each start, also
 * without https. In the distribution the answer is no.
 */
final class ProviderChecks {
  private static final String OWNER = "okhttp3/internal/platform/PlatformRegistry";
  private static final Set<String> QUESTIONS =
      Set.of("isConscryptPreferred", "isBouncyCastlePreferred", "isOpenJSSEPreferred");

  private boolean answered;

  /** Returns the class file with methods that return false; other classes unchanged. */
  byte[] answer(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    if (!model.thisClass().asInternalName().equals(OWNER)) {
      return bytes;
    }
    if (model.methods().stream().filter(ProviderChecks::asks).count() != QUESTIONS.size()) {
      throw new IllegalStateException(OWNER + " has other methods than expected");
    }
    answered = true;
    return ClassFile.of()
        .transformClass(
            model,
            ClassTransform.transformingMethods(
                ProviderChecks::asks,
                (method, element) -> {
                  if (element instanceof CodeModel) {
                    method.withCode(code -> code.iconst_0().ireturn());
                  } else {
                    method.with(element);
                  }
                }));
  }

  /** Whether OkHttp's class was among the class files. */
  boolean answered() {
    return answered;
  }

  private static boolean asks(MethodModel method) {
    return QUESTIONS.contains(method.methodName().stringValue())
        && method.methodType().equalsString("()Z");
  }
}

package fetch.build;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.runtime.SwitchBootstraps;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites switches over types as chains of {@code instanceof}. For such a switch the JVM generates
 * a class at its first execution, which no start-up cache can hold: eight such classes took 20 ms
 * of the run of one URL.
 *
 * <p>A switch with other labels than types stays unchanged.
 */
final class TypeSwitches {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of(SwitchBootstraps.class.getName());
  private static final String BOOTSTRAP = "typeSwitch";
  private static final int VALUE = 0;
  private static final int RESTART = 1;
  private static final int NULL = -1;

  private final ClassFile classFile;

  TypeSwitches(ClassHierarchyResolver hierarchy) {
    this.classFile =
        ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL, // discards the bootstrap methods
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Returns the class file without such switches; the same array if there are none. */
  byte[] unroll(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    if (model.methods().stream().noneMatch(TypeSwitches::hasAny)) {
      return bytes;
    }
    return classFile.transformClass(model, ClassTransform.ofStateful(() -> new Unrolling(model)));
  }

  private static boolean hasAny(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(TypeSwitches::isTypeSwitch);
  }

  private static boolean isTypeSwitch(CodeElement element) {
    return element instanceof InvokeDynamicInstruction call
        && call.bootstrapMethod().owner().equals(BOOTSTRAPS)
        && call.bootstrapMethod().methodName().equals(BOOTSTRAP)
        && call.bootstrapArgs().stream().allMatch(label -> isType(label, call.typeSymbol()));
  }

  /**
   * Whether a label is a type test that works by instanceof. The primitive part of a record always
   * has its declared type.
   */
  private static boolean isType(ConstantDesc label, MethodTypeDesc chooser) {
    return label instanceof ClassDesc
        || (label instanceof DynamicConstantDesc<?> constant
            && constant.bootstrapMethod().equals(ConstantDescs.BSM_PRIMITIVE_CLASS)
            && constant.constantName().equals(chooser.parameterType(VALUE).descriptorString()));
  }

  /** Replaces the selection of a switch's branch: {@code int chain(value, restart)}. */
  private record Chain(MethodTypeDesc type, List<ConstantDesc> labels) {
    /** Generates a method with the results of {@link SwitchBootstraps#typeSwitch}. */
    void generate(CodeBuilder code) {
      boolean primitive = type.parameterType(VALUE).isPrimitive();
      if (!primitive) {
        code.aload(VALUE).ifThen(Opcode.IFNULL, then -> returnBranch(NULL, then));
      }
      for (int i = 0; i < labels.size(); i++) {
        Label next = code.newLabel();
        code.iload(code.parameterSlot(RESTART)).loadConstant(i).if_icmpgt(next);
        if (!primitive) {
          code.aload(VALUE).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
        }
        returnBranch(i, code);
        code.labelBinding(next);
      }
      returnBranch(labels.size(), code);
    }

    private static void returnBranch(int branch, CodeBuilder code) {
      code.loadConstant(branch).ireturn();
    }
  }

  /** Rewrites one class. */
  private static final class Unrolling implements ClassTransform {
    private final ClassModel model;
    private final List<Chain> chains = new ArrayList<>();

    Unrolling(ClassModel model) {
      this.model = model;
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      if (element instanceof MethodModel method && hasAny(method)) {
        CodeTransform calls = this::callChain;
        builder.transformMethod(method, MethodTransform.transformingCode(calls));
      } else {
        builder.with(element);
      }
    }

    private void callChain(CodeBuilder code, CodeElement element) {
      if (!isTypeSwitch(element)) {
        code.with(element);
        return;
      }
      InvokeDynamicInstruction call = (InvokeDynamicInstruction) element;
      Chain chain = new Chain(call.typeSymbol(), call.bootstrapArgs());
      if (!chains.contains(chain)) {
        chains.add(chain);
      }
      boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
      code.invokestatic(model.thisClass().asSymbol(), name(chain), chain.type(), inInterface);
    }

    private String name(Chain chain) {
      return BOOTSTRAP + "$" + chains.indexOf(chain);
    }

    @Override
    public void atEnd(ClassBuilder builder) {
      for (Chain chain : chains) {
        builder.withMethodBody(
            name(chain),
            chain.type(),
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
            chain::generate);
      }
    }
  }
}

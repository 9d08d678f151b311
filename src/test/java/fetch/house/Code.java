package fetch.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources as the compiler parses them. */
final class Code {
  /** A method or constructor with a body, and how many lines it has. */
  record Method(String place, int lines) {}

  /** A constructor, or a record's components, and how many parameters it has. */
  record Constructor(String place, int parameters) {}

  private final List<Constructor> constructors = new ArrayList<>();
  private final List<Method> methods = new ArrayList<>();
  private final List<String> inferredTypes = new ArrayList<>();

  private Code() {}

  static Code parse(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Code code = new Code();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        code.new Reader(unit, positions).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return code;
  }

  List<Method> methods() {
    return methods;
  }

  List<Constructor> constructors() {
    return constructors;
  }

  /** Where a variable is declared with {@code var}. */
  List<String> inferredTypes() {
    return inferredTypes;
  }

  /** Gathers what is of interest from one file. */
  private final class Reader extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Reader(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    private int line(long position) {
      return Math.toIntExact(unit.getLineMap().getLineNumber(position));
    }

    private String place(Tree tree) {
      return unit.getSourceFile().getName() + ":" + line(positions.getStartPosition(unit, tree));
    }

    /** The compiler makes the components of a record its first fields, which are not static. */
    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (type.getKind() == Tree.Kind.RECORD) {
        long components =
            type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
        constructors.add(new Constructor(place(type), Math.toIntExact(components)));
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      if (method.getReturnType() == null) {
        constructors.add(new Constructor(place(method), method.getParameters().size()));
      }
      BlockTree body = method.getBody();
      if (body != null) {
        int first = line(positions.getStartPosition(unit, method));
        int last = line(positions.getEndPosition(unit, body));
        methods.add(new Method(place(method) + " " + method.getName(), last - first + 1));
      }
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void none) {
      boolean parameter =
          getCurrentPath().getParentPath().getLeaf() instanceof LambdaExpressionTree;
      if (variable.getType() == null && !parameter) {
        inferredTypes.add(place(variable) + " " + variable.getName());
      }
      return super.visitVariable(variable, null);
    }
  }
}

package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A switch over our own types names every case, so that a new one cannot be forgotten. */
class SwitchTest {
  private static final Path PROGRAM = Path.of("src/main/java");

  private final List<String> lax = new ArrayList<>();
  private int switches;

  @Test
  void noSwitchOverOurOwnTypesHasADefault() throws IOException {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  diagnostics,
                  List.of("-proc:none", "-XDignore.symbol.file", "--should-stop=ifError=FLOW"),
                  null,
                  files.getJavaFileObjectsFromPaths(Sources.all()));
      Iterable<? extends CompilationUnitTree> units = task.parse();
      task.analyze();
      for (CompilationUnitTree unit : units) {
        new Reader(Trees.instance(task)).scan(new TreePath(unit), null);
      }
    }

    assertThat(diagnostics.getDiagnostics()).filteredOn(SwitchTest::isErrorOfTheProgram).isEmpty();
    assertThat(switches).isPositive();
    assertThat(lax).isEmpty();
  }

  /** Libraries of other sources are on the class path in profiles only. */
  private static boolean isErrorOfTheProgram(Diagnostic<? extends JavaFileObject> diagnostic) {
    return diagnostic.getKind() == Diagnostic.Kind.ERROR
        && diagnostic.getSource() != null
        && Path.of(diagnostic.getSource().getName()).startsWith(PROGRAM);
  }

  /** Gathers the switches over our own types, and those among them with a default. */
  private final class Reader extends TreePathScanner<Void, Void> {
    private final Trees trees;

    Reader(Trees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
      examine(tree.getExpression(), tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
      examine(tree.getExpression(), tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    private void examine(ExpressionTree selector, List<? extends CaseTree> cases) {
      if (!isOurs(selector)) {
        return;
      }
      switches++;
      if (cases.stream().anyMatch(Reader::isDefault)) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        lax.add(unit.getSourceFile().getName() + ": switch " + selector);
      }
    }

    private boolean isOurs(ExpressionTree selector) {
      TreePath path = new TreePath(getCurrentPath(), selector);
      if (!(trees.getTypeMirror(path) instanceof DeclaredType type)) {
        return false;
      }
      Element element = type.asElement();
      boolean closed =
          element.getKind() == ElementKind.ENUM || element.getModifiers().contains(Modifier.SEALED);
      return closed && element.toString().startsWith("fetch.");
    }

    private static boolean isDefault(CaseTree branch) {
      return branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
    }
  }
}

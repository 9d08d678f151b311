package fetch.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests wait for what happens, not for time to pass, and none is skipped. */
@AnalyzeClasses(packages = "fetch", importOptions = OnlyIncludeTests.class)
class TestHabitsTest {
  @ArchTest
  static final ArchRule noTestSleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class);

  @ArchTest
  static final ArchRule noTestIsSkipped = noMethods().should().beAnnotatedWith(Disabled.class);

  @ArchTest
  static final ArchRule noTestHasAPlaceInAnOrder =
      noMethods().should().beAnnotatedWith(Order.class);

  @ArchTest
  static final ArchRule testsAreSentences =
      methods()
          .that()
          .areAnnotatedWith(Test.class)
          .should()
          .haveNameMatching("[a-z][a-z0-9]*[A-Z].*");
}

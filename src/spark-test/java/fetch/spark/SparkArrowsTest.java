package fetch.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the job on Spark may see, and who may see it. */
@AnalyzeClasses(packages = "fetch", importOptions = SparkArrowsTest.OfProgram.class)
class SparkArrowsTest {
  /** Selects the classes of the program, and none of the tests. */
  static final class OfProgram implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.contains(
          FetchJob.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
  }

  @ArchTest
  static final ArchRule ofTheCommandLineJobsSeeTheOptionsOnly =
      noClasses()
          .that()
          .resideInAPackage("fetch.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "fetch.cli",
              "fetch.cli.settings..",
              "fetch.cli.preview..",
              "fetch.cli.progress..",
              "fetch.cli.usage..",
              "ch.qos.logback..");

  @ArchTest
  static final ArchRule jobsLeaveSchedulingAndRequestsToTheEngine =
      noClasses()
          .that()
          .resideInAPackage("fetch.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("fetch.strategy..", "fetch.robots..", "okhttp3..", "okio..");

  @ArchTest
  static final ArchRule nothingSeesJobs =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("fetch.spark..", "org.apache.spark..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule programsUseTheJobOnly =
      classes()
          .that()
          .resideInAPackage("fetch.spark..")
          .and()
          .areNotMemberClasses()
          .and()
          .doNotHaveSimpleName("FetchJob")
          .should()
          .notBePublic();
}

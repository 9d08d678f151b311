package fetch.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the job on Spark and the other packages. */
@AnalyzeClasses(packages = "fetch", importOptions = SparkArrowsTest.OfProgram.class)
class SparkArrowsTest {
  /** Selects the classes of the program, wherever they were compiled to, and none of the tests. */
  static final class OfProgram implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.contains(
          FetchJob.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
  }

  @ArchTest
  static final ArchRule onlyTheJobSeesSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("fetch.spark")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "fetch.spark..",
              "org.apache.spark..",
              "org.apache.hadoop..",
              "org.apache.parquet..",
              "scala..");

  @ArchTest
  static final ArchRule theJobSeesTheOptionsOfTheCommandLineAndNotItsCommands =
      noClasses()
          .that()
          .resideInAPackage("fetch.spark")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "fetch.cli", "fetch.cli.preview..", "fetch.cli.progress..", "ch.qos.logback..");

  @ArchTest
  static final ArchRule theJobLeavesRequestsToTheEngine =
      noClasses()
          .that()
          .resideInAPackage("fetch.spark")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..", "kotlin..", "fetch.strategy..");

  @ArchTest
  static final ArchRule onlyTheCounterOfPositionsSeesRoaringBitmap =
      noClasses()
          .that()
          .resideInAPackage("fetch.spark")
          .and()
          .areNotAssignableTo(Positions.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.roaringbitmap..");
}

package fetch.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import fetch.http.Exchange;
import fetch.output.QuantityFormat;
import fetch.strategy.StrategyKind;
import java.time.Instant;

/** The arrows between the packages, and what each of them alone may see. */
@AnalyzeClasses(packages = "fetch", importOptions = ArrowsTest.OfProgram.class)
class ArrowsTest {
  /**
   * Selects the classes of the program, wherever they were compiled to, and none of the tests. The
   * job on Spark, which a profile compiles to the same place, has rules of its own.
   */
  static final class OfProgram implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.contains(
              Exchange.class.getProtectionDomain().getCodeSource().getLocation().getPath())
          && !location.contains("/fetch/spark/");
    }
  }

  /** What every package may use. */
  private static final DescribedPredicate<JavaClass> PLATFORM =
      resideInAnyPackage("java..", "org.jspecify..");

  private static final DescribedPredicate<JavaClass> VOCABULARY = resideInAPackage("fetch");

  @ArchTest
  static final ArchRule theVocabularyDependsOnNothing =
      only("fetch", VOCABULARY).because("it is what all others speak of");

  /** Files whose names fetch makes up are opened in one way by all. */
  private static final DescribedPredicate<JavaClass> FILES = resideInAPackage("fetch.file..");

  @ArchTest static final ArchRule filesSeeTheVocabularyOnly = only("fetch.file", VOCABULARY);

  @ArchTest
  static final ArchRule inputSeesTheVocabularyAndTheParsers =
      only(
          "fetch.input",
          VOCABULARY.or(
              resideInAnyPackage(
                  "de.siegmar.fastcsv..", "com.fasterxml.jackson.core..", "org.jsoup..")));

  @ArchTest
  static final ArchRule settingsSeeTheVocabularyOnly = only("fetch.cli.settings", VOCABULARY);

  @ArchTest
  static final ArchRule thePreviewSeesTheVocabularyOnly = only("fetch.cli.preview", VOCABULARY);

  @ArchTest static final ArchRule usageSeesTheVocabularyOnly = only("fetch.cli.usage", VOCABULARY);

  @ArchTest
  static final ArchRule bodiesSeeTheVocabularyAndTheirLibraries =
      only(
          "fetch.body",
          VOCABULARY
              .or(FILES)
              .or(
                  resideInAnyPackage(
                      "org.apache.commons.codec..", "org.conscrypt..", "com.google.re2j..")));

  @ArchTest
  static final ArchRule theArchiveSeesTheVocabularyAndItsLibrary =
      only("fetch.warc", VOCABULARY.or(FILES).or(resideInAPackage("org.netpreserve.jwarc..")));

  @ArchTest
  static final ArchRule onlyTheArchiveSeesItsLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.warc..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.netpreserve..");

  @ArchTest
  static final ArchRule outputSeesTheVocabularyOnly =
      only("fetch.output", VOCABULARY.or(FILES).or(resideInAPackage("org.HdrHistogram")));

  @ArchTest
  static final ArchRule progressSeesTheVocabularyAndHowAmountsAreWritten =
      only("fetch.cli.progress", VOCABULARY.or(type(QuantityFormat.class)));

  @ArchTest
  static final ArchRule metricsSeeTheVocabularyAndFiles =
      only("fetch.metrics", VOCABULARY.or(FILES));

  @ArchTest
  static final ArchRule theFrontierSeesWhereResultsGoAndWhatRobotsTxtSays =
      only("fetch.frontier", VOCABULARY.or(resideInAnyPackage("fetch.output..", "fetch.robots..")));

  @ArchTest
  static final ArchRule robotsSeesTheVocabularyAndTheLibrary =
      only("fetch.robots", VOCABULARY.or(resideInAPackage("crawlercommons..")));

  @ArchTest static final ArchRule splitSeesFilesOnly = only("fetch.split", VOCABULARY.or(FILES));

  @ArchTest
  static final ArchRule resultsSeeListsRecordsAndReports =
      only(
          "fetch.results",
          VOCABULARY
              .or(FILES)
              .or(resideInAnyPackage("fetch.input..", "fetch.output..", "fetch.report..")));

  @ArchTest
  static final ArchRule resumeSeesTheListAndTheResults =
      only(
          "fetch.resume",
          VOCABULARY
              .or(FILES)
              .or(resideInAnyPackage("fetch.input..", "fetch.output..", "org.roaringbitmap..")));

  @ArchTest
  static final ArchRule onlyResumeSeesRoaringBitmap =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.resume..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.roaringbitmap..");

  @ArchTest
  static final ArchRule strategiesSeeTheFrontierAndTheExchange =
      only(
          "fetch.strategy",
          VOCABULARY
              .or(resideInAPackage("fetch.frontier.."))
              .or(type(Exchange.class))
              .or(type(Exchange.Completion.class)));

  @ArchTest
  static final ArchRule compareSeesTheNamesOfTheStrategies =
      only(
          "fetch.compare",
          VOCABULARY
              .or(type(StrategyKind.class))
              .or(resideInAnyPackage("fetch.report..", "org.HdrHistogram")));

  @ArchTest
  static final ArchRule reportsSeeTheVocabularyAndHowResultsAreCounted =
      only("fetch.report", VOCABULARY.or(resideInAnyPackage("fetch.output..", "org.HdrHistogram")));

  @ArchTest
  static final ArchRule httpSeesNoneOfThoseWhoDecide =
      noClasses()
          .that()
          .resideInAPackage("fetch.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "fetch.cli..",
              "fetch.engine..",
              "fetch.frontier..",
              "fetch.strategy..",
              "fetch.output..",
              "fetch.robots..");

  @ArchTest
  static final ArchRule onlyHttpSeesOkHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..", "org.brotli..", "com.github.luben..");

  @ArchTest
  static final ArchRule onlyBodiesSeeNativeHashes =
      noClasses()
          .that()
          .resideOutsideOfPackage("fetch.body")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.conscrypt..");

  @ArchTest
  static final ArchRule onlyHttpSeesNativeTls =
      noClasses()
          .that()
          .resideOutsideOfPackage("fetch.http.boringssl")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule onlyRobotsSeesCrawlerCommons =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.robots..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("crawlercommons..");

  @ArchTest
  static final ArchRule onlyInputSeesTheParsers =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.input..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.siegmar.fastcsv..", "com.fasterxml.jackson..", "org.jsoup..");

  @ArchTest
  static final ArchRule onlyTheCommandLineSeesPicocliAndTheLog =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "ch.qos.logback..", "sun.misc..");

  @ArchTest
  static final ArchRule nothingSeesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("fetch.cli..");

  @ArchTest
  static final ArchRule roomsOfTheCommandLineDoNotSeeItsCommands =
      noClasses()
          .that()
          .resideInAPackage("fetch.cli.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("fetch.cli");

  @ArchTest
  static final ArchRule roomsOfTheCommandLineFormNoCircle =
      slices().matching("fetch.cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCommandLineSeesTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule thereIsOneClock =
      noClasses()
          .that()
          .resideOutsideOfPackages("fetch", "fetch.http..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("only the time limits of exchanges go by the clock of the machine");

  @ArchTest
  static final ArchRule noArrowsRunInACircle =
      slices().matching("fetch.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classesAreNamedForWhatTheyAre =
      noClasses()
          .should()
          .haveNameMatching(".*[.$](\\w*(Util|Utils|Manager|Helper|Handler|Impl)|Abstract\\w*)")
          .orShould()
          .haveNameMatching(".*[.$]([A-Z]\\w*)?Base([A-Z]\\w*)?");

  @ArchTest
  static final ArchRule packagesAreNamedForWhatTheyHold =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..impl..", "..model..", "..service..");

  /** Has a package, and all below it, depend on nothing but these. */
  private static ArchRule only(String packageName, DescribedPredicate<JavaClass> others) {
    String everything = packageName.equals("fetch") ? packageName : packageName + "..";
    return classes()
        .that()
        .resideInAPackage(everything)
        .should()
        .onlyDependOnClassesThat(PLATFORM.or(resideInAPackage(everything)).or(others).or(arrays()));
  }

  private static DescribedPredicate<JavaClass> arrays() {
    return DescribedPredicate.describe("primitives", JavaClass::isPrimitive);
  }
}

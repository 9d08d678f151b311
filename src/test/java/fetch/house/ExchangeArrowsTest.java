package fetch.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.stream.Stream;

/** The arrows between the packages below {@code fetch.http}. */
@AnalyzeClasses(packages = "fetch", importOptions = ArrowsTest.OfProgram.class)
class ExchangeArrowsTest {
  private static final String HTTP = "fetch.http";

  @ArchTest
  static final ArchRule internalsOfOkHttpHaveOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(HTTP + ".okhttp")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("okhttp3.internal..")
          .because("OkHttp promises nothing of them: see the page of package fetch.http.okhttp");

  @ArchTest
  static final ArchRule generatedNamesOfOkHttpHaveOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(HTTP + ".okhttp")
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "has a name that Kotlin generated",
                  call -> call.getTarget().getName().endsWith("$okhttp")))
          .because("OkHttp promises nothing of them: see the page of package fetch.http.okhttp");

  @ArchTest
  static final ArchRule okhttpSeesNoRoom =
      only("okhttp").because("it wraps OkHttp's internals and decides nothing");

  @ArchTest
  static final ArchRule urlSeesNoRoom = only("url").because("URLs are text, without a network");

  @ArchTest
  static final ArchRule fieldSeesNoRoom = only("field").because("fields are bytes and text");

  @ArchTest
  static final ArchRule settingsSeeUrls =
      only("settings", "url").because("they are data, and name hosts and addresses");

  @ArchTest
  static final ArchRule callSeesOkHttpAndSettings =
      only("call", "okhttp", "settings").because("it follows a call, whatever the protocol");

  @ArchTest
  static final ArchRule dnsSeesTheCallItLooksUpFor =
      only("dns", "call", "settings", "url").because("a look-up ends with its call");

  @ArchTest
  static final ArchRule certificateSeesSettings =
      only("certificate", "settings", "url")
          .because("trust depends on the chain, the host and the pinned keys alone");

  @ArchTest
  static final ArchRule boringsslSeesTrustAndSettings =
      only("boringssl", "certificate", "settings").because("an engine knows no sockets");

  @ArchTest
  static final ArchRule http2SeesCallsAndOkHttp =
      only("http2", "call", "field", "okhttp").because("its rules hold without TLS, too");

  @ArchTest
  static final ArchRule wireSeesHttp2 =
      only("wire", "call", "field", "http2", "okhttp", "url")
          .because("it sends requests by the rules of either version");

  @ArchTest
  static final ArchRule tlsSeesWhatWatchesBytes =
      only("tls", "boringssl", "call", "certificate", "http2", "settings", "url", "wire")
          .because("its sockets show the decrypted bytes to what checks and records them");

  @ArchTest
  static final ArchRule proxySeesCallsAndSettings =
      only("proxy", "call", "settings", "url", "field")
          .because("a refusal by a proxy is a failure of the call");

  @ArchTest
  static final ArchRule cookieSeesTheBytesOfFields =
      only("cookie", "url", "field").because("a jar knows no requests");

  @ArchTest
  static final ArchRule receptionSeesTheWire =
      only("reception", "call", "field", "okhttp", "settings", "url", "wire")
          .because("it reads bodies, and knows nothing of how a connection came about");

  @ArchTest
  static final ArchRule connectionSeesAllThatConnects =
      only(
              "connection",
              "call",
              "certificate",
              "dns",
              "http2",
              "okhttp",
              "proxy",
              "settings",
              "tls",
              "url",
              "wire")
          .because("it puts clients together, and reads no body");

  @ArchTest
  static final ArchRule noRoomSeesTheFace =
      noClasses()
          .that()
          .resideInAPackage(HTTP + ".*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HTTP)
          .because("the exchange is put together from the rooms");

  @ArchTest
  static final ArchRule noArrowsRunInACircle =
      slices().matching(HTTP + ".(*)..").should().beFreeOfCycles();

  /** Has a room depend on no other package of the exchange but these. */
  private static ArchRule only(String room, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(room), Stream.of(others))
            .map(name -> HTTP + "." + name)
            .toArray(String[]::new);
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(HTTP + "." + room)
        .should()
        .dependOnClassesThat(
            resideInAPackage(HTTP + "..")
                .and(DescribedPredicate.<JavaClass>not(resideInAnyPackage(allowed))));
  }
}

package fetch.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PIT on packages that make no connections: changes their code in small ways and checks that
 * the tests of the same package notice.
 *
 * <p>Run by Maven in the profile {@code mutation}: {@code java MutationTests.java PROJECT_DIRECTORY
 * REPORT_DIRECTORY THRESHOLD PACKAGE[,PACKAGE...]}. Exits with 1 if the tests of a package detect
 * fewer changes than the threshold, in percent. Reports are CSV, XML and HTML.
 */
final class MutationTests {
  private final Path project;
  private final Path reports;
  private final String threshold;

  private MutationTests(Path project, Path reports, String threshold) {
    this.project = project;
    this.reports = reports;
    this.threshold = threshold;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    MutationTests tests = new MutationTests(Path.of(args[0]), Path.of(args[1]), args[2]);
    List<String> failed = new ArrayList<>();
    for (String name : args[3].split(",")) {
      System.out.println("== fetch." + name);
      if (!tests.passes(name)) {
        failed.add(name);
      }
    }
    if (!failed.isEmpty()) {
      System.err.printf(
          "Fewer than %s%% of the changes detected, or the tests failed, in: %s%n",
          args[2], String.join(", ", failed));
      System.exit(1);
    }
  }

  private boolean passes(String name) throws IOException, InterruptedException {
    ProcessBuilder pit = new ProcessBuilder(command(name)).inheritIO();
    return pit.start().waitFor() == 0;
  }

  /** PIT runs the tests on the Java that runs this program, whatever Maven runs on. */
  private List<String> command(String name) {
    String packageName = "fetch." + name + ".*";
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-classpath",
        System.getProperty("java.class.path"),
        "org.pitest.mutationtest.commandline.MutationCoverageReport",
        "--targetClasses=" + packageName,
        "--targetTests=" + packageName,
        "--mutableCodePaths=" + project.resolve("target/classes"),
        "--sourceDirs=" + project.resolve("src/main/java"),
        "--reportDir=" + reports + File.separator + name,
        "--outputFormats=CSV,XML,HTML",
        "--timestampedReports=false",
        "--jvmArgs=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,--enable-native-access=ALL-UNNAMED",
        "--threads=1",
        // A change that waits for ever is found 1 s after the usual time of its tests.
        "--timeoutConst=1000",
        "--verbosity=NO_SPINNER",
        "--mutationThreshold=" + threshold);
  }
}

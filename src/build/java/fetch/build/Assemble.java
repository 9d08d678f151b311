package fetch.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the distribution, {@code target/fetch}: the jars, their Java runtime, the start-up cache
 * for both, and the start scripts.
 *
 * <p>Run by Maven in the package phase, from source, on the JDK whose runtime is shipped: {@code
 * java Assemble.java PROJECT_DIRECTORY APPLICATION_JAR CLASS_PATH_FILE DISTRIBUTION}, where the
 * file holds the class path of the libraries.
 */
final class Assemble {
  private Assemble() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path project = Path.of(args[0]);
    Path applicationJar = Path.of(args[1]);
    String classPath = Files.readString(Path.of(args[2])).strip();
    Path dist = project.resolve("src/main/dist");
    Path home = Path.of(args[3]);

    Trees.delete(home);
    Files.createDirectories(home.resolve("lib"));
    JavaRuntime runtime = JavaRuntime.link(home.resolve("runtime"));
    List<Path> jars =
        Jars.install(
            applicationJar,
            Commit.of(project),
            classPath,
            runtime.nativeLibraries(),
            home.resolve("lib"));
    runtime.stripSymbols();
    Notices.install(project.resolve("LICENSE"), dist.resolve("THIRD-PARTY.md"), jars, home);
    Manuals.install(runtime, jars, dist, home);
    JvmOptions options = JvmOptions.read(dist.resolve("jvm.options"));
    StartUpCache cache = StartUpCache.train(runtime, options, jars);
    Launchers.install(dist.resolve("bin"), home.resolve("bin"), options, cache, jars);
  }
}

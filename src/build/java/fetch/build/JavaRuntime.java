package fetch.build;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/**
 * The Java runtime that is shipped with fetch: the necessary parts of the JDK that runs this build.
 */
record JavaRuntime(Path directory) {
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging", // OkHttp
          "java.xml", // sitemaps
          "java.management", // limits of memory and file descriptors, with jdk.management
          "jdk.management",
          "jdk.jfr", // for developers who look where the time goes
          "jdk.net", // options of sockets
          "jdk.unsupported"); // signals

  /** The security providers of java.base. */
  private static final Set<String> PROVIDERS =
      Set.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");

  static JavaRuntime link(Path directory) throws IOException, InterruptedException {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int exitCode =
        jlink.run(
            writer,
            writer,
            "--add-modules=" + String.join(",", MODULES),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-6", // classes needed for a start are in the start-up cache
            "--output=" + directory);
    if (exitCode != 0) {
      throw new IOException("jlink failed:\n" + output);
    }
    JavaRuntime runtime = new JavaRuntime(directory);
    runtime.trimSecurityProperties();
    runtime.stripSymbols();
    return runtime;
  }

  Path java() {
    Path unix = directory.resolve("bin/java");
    return Files.exists(unix) ? unix : directory.resolve("bin/java.exe");
  }

  /** The directory where the JVM first looks for native libraries. */
  NativeLibraries nativeLibraries() {
    boolean windows = Files.exists(directory.resolve("bin/java.dll"));
    return new NativeLibraries(directory.resolve(windows ? "bin" : "lib"));
  }

  /**
   * Trims the security properties that each run reads: removes comments, and the providers of
   * modules that are not shipped, for which every jar would be searched. Together that saves 12 ms
   * of each start.
   */
  private void trimSecurityProperties() throws IOException {
    Path file = directory.resolve("conf/security/java.security");
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      boolean says = !line.isBlank() && !line.startsWith("#");
      boolean provider = line.startsWith("security.provider.");
      if (says && (!provider || PROVIDERS.contains(line.substring(line.indexOf('=') + 1)))) {
        kept.add(line);
      }
    }
    Files.write(file, kept);
  }

  /** Strips the JVM's symbol table, 5 MB that only debuggers read, if binutils are installed. */
  private void stripSymbols() throws IOException, InterruptedException {
    Path jvm = directory.resolve("lib/server/libjvm.so");
    Path strip = Path.of("/usr/bin/strip");
    if (Files.exists(jvm) && Files.isExecutable(strip)) {
      Command.of(List.of(strip.toString(), "--strip-unneeded", jvm.toString())).run();
    }
  }
}

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
import java.util.stream.Stream;

/**
 * The Java runtime that is shipped with fetch: the necessary parts of the JDK that runs this build.
 */
record JavaRuntime(Path directory) {
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging", // OkHttp
          "jdk.unsupported"); // signals

  /** Resources that fetch does not use: keytool, and messages in three languages. */
  private static final List<String> UNUSED =
      List.of(
          "regex:/java.base/sun/security/tools/keytool/Main.*",
          "regex:/java.(base|logging)/.*/resources/.*_(de|ja|zh).*");

  /** Files of a runtime that only its makers and development tools read. */
  private static final List<String> UNUSED_FILES =
      List.of("bin/keytool", "lib/classlist", "lib/jexec", "lib/jrt-fs.jar");

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
            "--exclude-resources=" + String.join(",", UNUSED),
            "--compress=zip-6", // classes needed for a start are in the start-up cache
            "--output=" + directory);
    if (exitCode != 0) {
      throw new IOException("jlink failed:\n" + output);
    }
    JavaRuntime runtime = new JavaRuntime(directory);
    runtime.trimSecurityProperties();
    for (String file : UNUSED_FILES) {
      Files.deleteIfExists(directory.resolve(file));
    }
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

  /** Strips symbol tables, 6 MB that only debuggers read, if binutils are installed. */
  void stripSymbols() throws IOException, InterruptedException {
    Path strip = Path.of("/usr/bin/strip");
    List<String> command = new ArrayList<>(List.of(strip.toString(), "--strip-unneeded"));
    try (Stream<Path> files = Files.walk(directory.resolve("lib"))) {
      List<String> natives =
          files.map(Path::toString).filter(file -> file.endsWith(".so")).toList();
      command.addAll(natives);
      if (!natives.isEmpty() && Files.isExecutable(strip)) {
        Command.of(command).run();
      }
    }
  }
}

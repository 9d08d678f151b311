package fetch.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the scripts that start fetch, and fills in values that they would otherwise have to look
 * up.
 */
final class Launchers {
  private Launchers() {}

  static void install(
      Path templates, Path bin, JvmOptions options, StartUpCache cache, List<Path> jars)
      throws IOException {
    Files.createDirectories(bin);
    Path unix = bin.resolve("fetch");
    String unixScript = fill(templates.resolve("fetch"), options, cache);
    Files.writeString(unix, unixScript.replace("@CLASS_PATH@", classPath(jars, "$home/lib/", ":")));
    makeExecutable(unix.toFile());

    String windowsScript = fill(templates.resolve("fetch.cmd"), options, cache);
    Files.writeString(
        bin.resolve("fetch.cmd"),
        windowsScript
            .replace("@CLASS_PATH@", classPath(jars, "%home%\\lib\\", ";"))
            .replace("=/dev/null", "=NUL")
            .replaceAll("\r?\n", "\r\n"));
  }

  private static String fill(Path template, JvmOptions options, StartUpCache cache)
      throws IOException {
    return Files.readString(template)
        .replace("@JVM_OPTIONS@", options.toString())
        .replace("@CACHE@", cache.name());
  }

  private static String classPath(List<Path> jars, String prefix, String separator) {
    return jars.stream()
        .map(jar -> prefix + jar.getFileName())
        .collect(Collectors.joining(separator));
  }

  private static void makeExecutable(File script) throws IOException {
    if (!script.setExecutable(true, false)) {
      throw new IOException("cannot make " + script + " executable");
    }
  }
}

package fetch.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Generates the manual page with the program that it describes. */
final class Manuals {
  private static final String PAGE = "share/man/man1/fetch.1";

  private Manuals() {}

  static void install(JavaRuntime runtime, List<Path> jars, Path dist, Path home)
      throws IOException, InterruptedException {
    Path page = home.resolve(PAGE);
    Files.createDirectories(page.getParent());
    Command.of(
            List.of(
                runtime.java().toString(),
                "-cp",
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "fetch.cli.Manual",
                dist.resolve(PAGE).toString(),
                page.toString()))
        .run();
  }
}

package fetch.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies the licences of fetch and of its libraries into the distribution. */
final class Notices {
  private Notices() {}

  static void install(Path licence, Path thirdParty, List<Path> jars, Path home)
      throws IOException {
    String notices = Files.readString(thirdParty);
    for (Path jar : jars.subList(1, jars.size())) {
      String library = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
      if (!notices.contains("`" + library + "`")) {
        throw new IOException(thirdParty + " does not say under which licence " + library + " is");
      }
    }
    Files.copy(licence, home.resolve("LICENSE"));
    Files.copy(thirdParty, home.resolve("THIRD-PARTY.md"));
  }
}

package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the script that installs the archive of a platform. */
final class Installer {
  private Installer() {}

  static void write(Release release, Path directory) throws IOException {
    String script = Files.readString(release.template("install.sh"));
    Path file = directory.resolve("install.sh");
    Files.writeString(
        file,
        script.replace("@VERSION@", release.version()).replace("@FROM@", release.downloads()));
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }
}

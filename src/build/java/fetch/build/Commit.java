package fetch.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Which commit the sources are of. */
final class Commit {
  private Commit() {}

  /** Its hash, with a mark when the sources differ from it; empty where git knows nothing. */
  static String of(Path project) throws IOException, InterruptedException {
    // A directory within another project's repository is no commit of it.
    String below = git(project, "rev-parse", "--show-prefix");
    return below.equals("\n")
        ? git(project, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*").strip()
        : "";
  }

  /** What git prints; empty when it fails or is not there. */
  private static String git(Path project, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", project.toString());
    builder.command().addAll(List.of(arguments));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? new String(output, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }
}

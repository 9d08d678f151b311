package fetch.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Finds the commit of the sources. */
final class Commit {
  private Commit() {}

  /** The hash of the commit, with a mark if the sources differ from it; empty if unknown. */
  static String of(Path project) throws IOException, InterruptedException {
    // A directory within another project's repository has no commit of its own.
    String below = git(project, "rev-parse", "--show-prefix");
    return below.equals("\n")
        ? git(project, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*").strip()
        : "";
  }

  /** The output of git; empty if it fails or is not installed. */
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

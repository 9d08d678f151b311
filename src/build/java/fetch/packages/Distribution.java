package fetch.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built program, {@code target/fetch}.
 *
 * @param home its directory
 */
record Distribution(Path home, Platform platform) {
  /** The program and its licences. */
  Tree program() throws IOException {
    Tree tree = new Tree();
    for (String folder : List.of("bin", "lib", "runtime")) {
      tree.copyAll(folder, home.resolve(folder));
    }
    for (String file : List.of("LICENSE", "THIRD-PARTY.md")) {
      tree.copy(file, home.resolve(file));
    }
    return tree;
  }

  /** The content of {@code share}: the manual page, completion, and the bill of materials. */
  Tree share(String billOfMaterials) throws IOException, InterruptedException {
    return new Tree()
        .copyAll("man", home.resolve("share/man"))
        .add("bash-completion/completions/fetch", completion("bash"))
        .add("zsh/site-functions/_fetch", completion("zsh"))
        .add("fish/vendor_completions.d/fetch.fish", completion("fish"))
        .add("sbom/fetch.cdx.json", billOfMaterials);
  }

  private String completion(String shell) throws IOException, InterruptedException {
    Path program = home.resolve(platform.isWindows() ? "bin/fetch.cmd" : "bin/fetch");
    return run(List.of(program.toString(), "completion", shell));
  }

  /** Returns the output of a program. */
  static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("FETCH_OPTS");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return output;
  }

  /** The names of the jars in lib. */
  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}

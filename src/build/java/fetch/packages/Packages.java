package fetch.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Makes the packages of this platform from the distribution, and a file of their checksums.
 *
 * <p>Run by Maven, from source: {@code java Packages.java PROJECT DISTRIBUTION DIRECTORY VERSION
 * TIME REPOSITORY CLASS_PATH_FILE LOCAL_MAVEN_REPOSITORY}.
 */
final class Packages {
  private Packages() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path directory = Path.of(args[2]);
    Release release = new Release(args[3], Instant.parse(args[4]), args[5], Path.of(args[0]));
    Distribution distribution = new Distribution(Path.of(args[1]), Platform.current());
    String bill =
        BillOfMaterials.of(
            release, distribution, Files.readString(Path.of(args[6])).strip(), Path.of(args[7]));
    clear(directory);
    write(distribution, release, bill, directory);
    Files.writeString(directory.resolve(release.file(distribution.platform()) + ".cdx.json"), bill);
    Installer.write(release, directory);
    Checksums.write(directory);
  }

  private static void clear(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Writes them concurrently: most of the time is compression. */
  private static void write(Distribution distribution, Release release, String bill, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    Platform platform = distribution.platform();
    Tree program = distribution.program();
    Tree share = distribution.share(bill);
    List<Callable<Object>> packages = new ArrayList<>();
    packages.add(() -> Archive.write(program, share, release, platform, directory));
    packages.add(() -> Npm.write(program, share, release, platform, directory));
    if (platform.isLinux()) {
      Tree root = RootFiles.of(distribution.home());
      packages.add(() -> Deb.write(program, share, release, platform, directory));
      packages.add(() -> Oci.write(root, program, release, platform, directory));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Object> written : threads.invokeAll(packages)) {
        written.get();
      }
    }
  }
}

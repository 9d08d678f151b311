package fetch.build;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the JVM's ahead-of-time cache (JEP 483 and 514): the classes that fetch used in a training
 * run, loaded and linked.
 *
 * <p>The JVM doesn't notice that a jar changed after its cache was made, and would run the old
 * code. Therefore the name contains a hash of everything that the cache depends on.
 */
record StartUpCache(String name) {
  private static final int HASH_LENGTH = 16;

  /**
   * Records profiles of methods (JEP 515). As the training run has no C2, a method with a profile
   * starts in fast code, and C2 compiles it late. That suits lists from pipes, see {@code
   * bin/fetch}.
   */
  private static final List<String> PROFILES =
      List.of("-XX:TieredStopAtLevel=3", "-XX:+AOTRecordTraining", "-XX:+AOTReplayTraining");

  static StartUpCache train(JavaRuntime runtime, JvmOptions options, List<Path> jars)
      throws IOException, InterruptedException {
    Path lib = jars.getFirst().getParent();
    StartUpCache cache = new StartUpCache("fetch-" + hash(runtime, options, jars) + ".aot");
    Path file = lib.resolve(cache.name());
    try (TrainingGround ground = TrainingGround.open()) {
      List<String> command = new ArrayList<>();
      command.add(runtime.java().toString());
      command.addAll(options.words());
      command.addAll(PROFILES);
      command.add("-XX:AOTCacheOutput=" + file);
      command.add("-cp");
      command.add(
          jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      command.add("fetch.cli.Training");
      command.add(ground.commandLines().toString());
      Command.of(command).run(ground.environment());
    }
    if (!Files.exists(file)) {
      throw new IOException("the training run left no start-up cache");
    }
    return cache;
  }

  private static String hash(JavaRuntime runtime, JvmOptions options, List<Path> jars)
      throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(runtime.directory().resolve("release")));
      digest.update(options.toString().getBytes(StandardCharsets.UTF_8));
      for (Path jar : jars) {
        digest.update(Files.readAllBytes(jar));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}

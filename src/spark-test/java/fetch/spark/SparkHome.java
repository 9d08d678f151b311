package fetch.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An installation of Spark, linked together from the jars that Maven has resolved: those that Spark
 * asks for itself, without the versions that fetch asks for. Starts its programs as processes.
 */
record SparkHome(Path folder) {
  private static final Path CLASS_PATH = Path.of("target/spark-class-path");

  private static final String LOGGING =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.stderr.ref = stderr
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      appender.stderr.layout.type = PatternLayout
      appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
      logger.master.name = org.apache.spark.deploy.master.Master
      logger.master.level = info
      """;

  /** Makes the installation in this folder, or anew. */
  static SparkHome create(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    try (DirectoryStream<Path> old = Files.newDirectoryStream(jars)) {
      for (Path jar : old) {
        Files.delete(jar);
      }
    }
    for (String jar : Files.readString(CLASS_PATH).strip().split(File.pathSeparator, -1)) {
      Path file = Path.of(jar);
      Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
    }
    Files.createDirectories(folder.resolve("launcher/target/scala-2.13")); // tells the version
    Files.writeString(
        Files.createDirectories(folder.resolve("conf")).resolve("log4j2.properties"), LOGGING);
    return new SparkHome(folder);
  }

  /** A program of Spark, which prints to {@code NAME.out} and {@code NAME.err} in a folder. */
  Process start(Path output, String name, List<String> jvmOptions, List<String> program)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(folder.resolve("conf") + File.pathSeparator + folder.resolve("jars") + "/*");
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "SPARK_HOME", folder.toString(),
                "SPARK_LOCAL_IP", "127.0.0.1"));
    return builder
        .directory(Files.createDirectories(output).toFile())
        .redirectOutput(output.resolve(name + ".out").toFile())
        .redirectError(output.resolve(name + ".err").toFile())
        .start();
  }

  /** The flags that Spark needs on this JDK: the JVM of the tests has them, too. */
  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .toList();
  }
}

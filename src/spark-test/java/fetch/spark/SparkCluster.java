package fetch.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone cluster of a master and two workers on loopback, each a process. Closing it kills
 * them, their executors and the drivers; so does the end of this JVM.
 */
final class SparkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Pattern MASTER = Pattern.compile("spark://127\\.0\\.0\\.1:[0-9]+");
  private static final String FETCH = Path.of("target/fetch-spark.jar").toAbsolutePath().toString();

  private static final Path HOME = Path.of("target/spark-home").toAbsolutePath();

  private final SparkHome home;
  private final Path output;
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final Thread atExit = new Thread(this::killAll);
  private final String master;
  private int jobs;

  /**
   * Starts the cluster.
   *
   * @param folder for everything that the processes write
   * @param cores of each of the two workers, which has one executor
   */
  SparkCluster(Path folder, int cores) throws IOException {
    this.home = SparkHome.create(HOME);
    this.output = folder.resolve("output");
    Runtime.getRuntime().addShutdownHook(atExit);
    start(
        "master",
        List.of("-Dspark.deploy.maxExecutorRetries=-1"), // what is killed on purpose
        "org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0");
    this.master = masterUrl();
    for (int worker = 1; worker <= 2; worker++) {
      workers.add(
          start(
              "worker" + worker,
              List.of(),
              "org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0"
                  + (" --cores " + cores + " --memory 1g --work-dir " + folder.resolve("work"))
                  + (" " + master)));
    }
  }

  /** Submits the job of fetch. */
  Submission submit(List<String> sparkOptions, String... arguments) throws IOException {
    List<String> job = new ArrayList<>(sparkOptions);
    job.addAll(List.of("--class", "fetch.spark.FetchJob", FETCH));
    job.addAll(List.of(arguments));
    return submit(job);
  }

  /** Submits a class of the tests, beside the jar of fetch. */
  Submission submit(Class<?> main, List<String> sparkOptions, String... arguments)
      throws IOException {
    List<String> job = new ArrayList<>(sparkOptions);
    job.addAll(List.of("--class", main.getName(), "--jars", FETCH, jarOf(main).toString()));
    job.addAll(List.of(arguments));
    return submit(job);
  }

  private Path jarOf(Class<?> main) throws IOException {
    Path jar = output.resolve(main.getSimpleName() + ".jar");
    String entry = main.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream code = main.getResourceAsStream("/" + entry)) {
      out.putNextEntry(new JarEntry(entry));
      code.transferTo(out);
    }
    return jar;
  }

  private Submission submit(List<String> job) throws IOException {
    String name = "driver" + ++jobs;
    List<String> command =
        new ArrayList<>(
            List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                "--executor-memory",
                "512m"));
    command.addAll(job);
    Process driver = home.start(output, name, List.of(), command);
    processes.add(driver);
    return new Submission(
        driver, output.resolve(name + ".out"), output.resolve(name + ".err"), PATIENCE);
  }

  /** The executors that run now. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(Process::children).filter(ProcessHandle::isAlive).toList();
  }

  private Process start(String name, List<String> jvmOptions, String program) throws IOException {
    Process process = home.start(output, name, jvmOptions, List.of(program.split(" ", -1)));
    processes.add(process);
    return process;
  }

  private String masterUrl() {
    Path log = output.resolve("master.err");
    Patience patience = new Patience("the master logs its address", PATIENCE);
    while (true) {
      Matcher url = MASTER.matcher(text(log));
      if (url.find()) {
        return url.group();
      }
      patience.pause();
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void killAll() {
    List<ProcessHandle> all =
        processes.reversed().stream()
            .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Override
  public void close() {
    killAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}

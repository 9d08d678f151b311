package fetch.cli;

import fetch.Clock;
import fetch.Quantity;
import fetch.cli.options.IoMessages;
import fetch.cli.options.ShellWord;
import fetch.cli.options.UsageException;
import fetch.cli.settings.Section;
import fetch.compare.Advice;
import fetch.compare.Comparison;
import fetch.compare.ComparisonResults;
import fetch.compare.Conclusion;
import fetch.compare.Figures;
import fetch.compare.FreshProcess;
import fetch.compare.HtmlReport;
import fetch.compare.RunPlan;
import fetch.compare.Setting;
import fetch.compare.Trial;
import fetch.file.ReplacedFile;
import fetch.input.Source;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One comparison, from the sources to the advice. */
final class CompareRun {
  private static final int INTERRUPT = 2;

  private final CompareCommand command;
  private final List<Section> hosts;
  private final Console console;
  private final Path directory;
  private final Clock clock = Clock.system();
  private final AtomicReference<@Nullable Comparison> comparison = new AtomicReference<>();
  private final AtomicInteger signal = new AtomicInteger();

  /**
   * @param hosts the settings of hosts in config files
   */
  CompareRun(CompareCommand command, List<Section> hosts, Console console) throws IOException {
    this.command = command;
    this.hosts = hosts;
    this.console = console;
    this.directory = Files.createTempDirectory("fetch-compare");
  }

  /** Compares, and returns the exit code. */
  int execute(List<Source> sources) throws IOException {
    Signals.handle(this::stop, this::leave);
    try {
      protect();
      Path launcher = launcher();
      List<String> arguments = arguments(sources);
      return compare(new FreshProcess(launcher, arguments, directory, clock));
    } catch (InterruptedException e) {
      throw new IllegalStateException("the comparison was interrupted", e);
    } finally {
      deleteFiles();
    }
  }

  /** Checks that the report can be written, before hours of runs. */
  private void protect() throws IOException {
    Path report = command.output.report();
    if (report == null) {
      return;
    }
    try {
      Files.newOutputStream(report, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      throw new UsageException("--report: " + IoMessages.of(e));
    }
  }

  /** The launcher of this program, which is beside its Java runtime. */
  private static Path launcher() throws IOException {
    Path runtime = Path.of(System.getProperty("java.home"));
    Path launcher =
        runtime.resolveSibling("bin").resolve(File.separatorChar == '\\' ? "fetch.cmd" : "fetch");
    if (!Files.isExecutable(launcher)) {
      throw new IOException(launcher + " does not exist; compare needs it to start fetch");
    }
    return launcher;
  }

  /**
   * The arguments of all runs. Options and URLs may contain secrets, so they are passed in a file.
   */
  private List<String> arguments(List<Source> sources) throws IOException {
    ComparedList list = new ComparedList(directory);
    int sample = command.comparison.sample();
    List<String> words = new ArrayList<>();
    if (sample == 0) {
      command.inputOptions().stream()
          .filter(option -> !option.name().equals("--list")) // these are among the sources already
          .forEach(option -> words.add(option.word()));
    }
    command.passedOptions().forEach(option -> words.add(option.word()));
    if (sample > 0 && command.credentials.credentialsFor() == null) {
      words.add("--credentials-for=all"); // the URLs become a list, of which a sample is fetched
    }
    List<String> lists =
        sample == 0 ? list.whole(sources) : list.sample(sample, command.list(sources));
    boolean haveUrls = sample == 0 && sources.stream().anyMatch(CompareRun::mayHaveSecret);
    words.addAll(haveUrls ? lists : List.of());
    List<String> arguments =
        new ArrayList<>(List.of("--no-config", "--quiet", "--no-summary", "--output=-"));
    if (!hosts.isEmpty()) {
      arguments.add("--config=" + hostFile());
    }
    arguments.addAll(new ArgumentFile(directory).of(words));
    arguments.addAll(haveUrls ? List.of() : lists);
    return arguments;
  }

  /** The settings of hosts, which may be secrets, in a file that only this user can read. */
  private Path hostFile() throws IOException {
    List<String> lines = new ArrayList<>();
    hosts.forEach(section -> lines.addAll(section.lines()));
    Path file = directory.resolve("hosts");
    new ReplacedFile(file, true).write(String.join("\n", lines) + "\n");
    return file;
  }

  private static boolean mayHaveSecret(Source source) {
    return source instanceof Source.BareUrl || source instanceof Source.RemoteList;
  }

  private int compare(FreshProcess runner) throws IOException, InterruptedException {
    RunPlan plan = command.comparison.plan();
    CompareProgress progress = new CompareProgress(console, command.output.quiet());
    Comparison made = new Comparison(plan, command.comparison.pause(), runner, progress);
    comparison.set(made);
    Trial.Outcome outcome = made.warmUp();
    if (!made.isStopped()) {
      if (outcome instanceof Trial.Failed failed && isHopeless(failed)) {
        console.say(failed.reason());
        return failed.exitCode();
      }
      if (outcome instanceof Trial.Measured(_, Figures figures) && figures.isEmpty()) {
        throw new UsageException("nothing to compare: the list has no entries to fetch");
      }
    }
    ComparisonResults results = ComparisonResults.of(plan, made.run());
    int code = results.done() == 0 ? sayStopped(results) : print(results);
    if (made.isStopped()) {
      return ExitCode.ofSignal(signal.get() == 0 ? INTERRUPT : signal.get());
    }
    return code != ExitCode.OK || results.hasNoFailure() ? code : ExitCode.SOME_FAILED;
  }

  /** Whether every run would fail in the same way. */
  private static boolean isHopeless(Trial.Failed failed) {
    return failed.exitCode() == ExitCode.USAGE || failed.exitCode() == ExitCode.IO;
  }

  private int print(ComparisonResults results) throws IOException {
    Conclusion conclusion = results.conclusion(this::commandLine);
    int code = console.print(command.output.format().format(results, conclusion));
    Path report = command.output.report();
    if (report != null) {
      Files.writeString(report, HtmlReport.of(results, conclusion, list(), facts()));
    }
    if (!command.output.quiet()) {
      say(results, conclusion);
    }
    return code;
  }

  private int sayStopped(ComparisonResults results) {
    if (!command.output.quiet() && results.done() < results.planned()) {
      console.say(
          "stopped after " + results.done() + " of " + Quantity.of(results.planned(), "run"));
    }
    return ExitCode.OK;
  }

  private void say(ComparisonResults results, Conclusion conclusion) {
    sayStopped(results);
    conclusion.warnings().forEach(warning -> console.say("warning: " + warning));
    Advice advice = conclusion.advice();
    if (advice != null) {
      console.say(advice.sentence());
      console.err().println("    " + Console.printable(advice.command()));
    }
  }

  /** The command that runs a setting, for copying; without possible secrets. */
  private String commandLine(Setting setting) {
    List<String> words = new ArrayList<>(List.of("fetch"));
    words.addAll(setting.options());
    command.inputOptions().forEach(option -> words.add(option.shown()));
    command.passedOptions().forEach(option -> words.add(option.shown()));
    List<String> sources = command.operands.given();
    if (sources.stream().anyMatch(source -> source.length() > 1 && source.startsWith("-"))) {
      words.add("--");
    }
    sources.forEach(source -> words.add(ShellWord.of(Source.shown(source))));
    return String.join(" ", words);
  }

  /** The name of the list, for a heading. */
  private String list() {
    List<String> sources = command.operands.given();
    String first =
        sources.isEmpty() || sources.getFirst().equals("-") ? "standard input" : sources.getFirst();
    return Source.shown(first) + (sources.size() > 1 ? " and more" : "");
  }

  private List<String> facts() {
    List<String> facts = new ArrayList<>();
    if (command.comparison.sample() > 0) {
      facts.add("a sample of the list");
    }
    Instant now = Instant.ofEpochMilli(clock.epochMillis()).truncatedTo(ChronoUnit.SECONDS);
    facts.add(now.toString());
    facts.add(Version.line());
    int cores = Runtime.getRuntime().availableProcessors();
    facts.add(Quantity.of(cores, "core") + ", " + System.getProperty("os.name"));
    return facts;
  }

  private boolean stop(int number) {
    boolean first = signal.compareAndSet(0, number);
    Comparison made = comparison.get();
    if (first && made != null) {
      made.stop();
    }
    return first && made != null;
  }

  private void leave(int number) {
    deleteFiles();
    Runtime.getRuntime().halt(ExitCode.ofSignal(number));
  }

  private void deleteFiles() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException | UncheckedIOException e) {
      // A leftover temporary file is harmless.
    }
  }
}

package fetch.cli;

import fetch.Entry;
import fetch.Quantity;
import fetch.cli.options.CommandDescriptions;
import fetch.cli.options.EngineOptions;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.HostSections;
import fetch.cli.options.InputList;
import fetch.cli.options.InputOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OptionNames;
import fetch.cli.options.Parser;
import fetch.cli.options.SomeOptions;
import fetch.cli.options.SplitOptions;
import fetch.cli.usage.Command;
import fetch.cli.usage.Value;
import fetch.engine.ListDownloads;
import fetch.engine.Settings;
import fetch.http.url.HostGroup;
import fetch.input.CompletedEntries;
import fetch.input.DividedLine;
import fetch.input.EntryParser;
import fetch.input.EntryReader;
import fetch.input.Shard;
import fetch.input.Source;
import fetch.split.ShardFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs {@code fetch split}, which divides a list into one file for each machine. */
final class SplitCommand {
  static final String WORD = "split";

  private static final String INTRODUCTION =
      """
      Usage: fetch split [OPTIONS] --shards=N --out=DIR [SOURCE...]
      Divides lists into N files, part-1.jsonl to part-N.jsonl, with leading zeros.

      File I has the entries that --shard=I/N would fetch. Each line begins with the
      position of its entry in the whole list, so fetch prints the same records.
      Existing files are never overwritten. Lists at URLs are requested with the
      options of fetch for requests and networks, such as -u, -H, -x and --cacert.
      """;

  private final List<OptionGroup> known;
  private final Console console;
  private final Map<String, String> environment;
  private final SplitOptions split = new SplitOptions();
  private final InputOptions input = new InputOptions();
  private final GeneralOptions general = new GeneralOptions();
  private final EngineOptions engine = new EngineOptions();
  private final Operands operands;

  /**
   * @param known the options that the settings may contain
   */
  SplitCommand(List<OptionGroup> known, Console console, Map<String, String> environment) {
    this.known = known;
    this.console = console;
    this.environment = environment;
    this.operands = new Operands(console);
  }

  List<OptionGroup> groups() {
    return List.of(split, new SomeOptions(input.heading(), input.ofReading()), general);
  }

  /** Includes the options for requests of lists, which only the help of {@code fetch} describes. */
  private List<OptionGroup> parsed() {
    List<OptionGroup> parsed = new ArrayList<>(groups());
    parsed.addAll(engine.groups());
    parsed.add(engine.success());
    return parsed;
  }

  Command described() {
    return CommandDescriptions.command(
        WORD, "Divide lists into files, one for each shard.", groups(), new Value.File());
  }

  int execute(String... args) {
    Parser parser = new Parser(parsed(), operands.spec(), known, environment);
    return new Invocation(
            "fetch " + WORD, parser, general, () -> Help.text(INTRODUCTION, groups()), console)
        .execute(args, () -> divide(parser));
  }

  private int divide(Parser parser) throws IOException {
    InputList list = input.list(operands.sources(input.lists()), null);
    if (!list.mayBeElsewhere()) {
      return divide(list);
    }
    HostSections hosts = new HostSections(parser.sections(), new OptionNames(parsed()));
    Settings settings =
        engine.settings(engine.scope(list), hosts.settings(), environment, console.in());
    try (ListDownloads lists = new ListDownloads(settings)) {
      return divide(list.fetchedBy(lists));
    }
  }

  private int divide(InputList list) throws IOException {
    Path directory = split.out();
    int shards = split.shards();
    List<String> complaints = new ArrayList<>();
    try (ShardFiles files = ShardFiles.create(directory, shards, secret(list.sources()));
        ExitHook _ = ExitHook.of(files::close);
        EntryReader reader = list.reader(CompletedEntries.NOTHING, complaints::add)) {
      copy(reader, list.parser(), shards, files);
      if (!complaints.isEmpty()) {
        complaints.forEach(console::say);
        console.say("no files were written, as not all of the list could be read");
        return ExitCode.IO;
      }
      files.finish();
      report(files.lines(), directory);
      return ExitCode.OK;
    }
  }

  private void copy(EntryReader reader, EntryParser parser, int shards, ShardFiles files)
      throws IOException {
    HostGroup group = split.by();
    for (List<Entry> read = reader.next(); !read.isEmpty(); read = reader.next()) {
      for (Entry entry : read) {
        files.write(Shard.indexOf(entry, shards, group, parser), DividedLine.of(entry));
      }
    }
  }

  /** The first list that other users may not read; null if they may read all. */
  private static @Nullable Path secret(List<Source> sources) {
    for (Source source : sources) {
      if (source instanceof Source.ListFile(Path path) && isSecret(path)) {
        return path;
      }
    }
    return null;
  }

  private static boolean isSecret(Path path) {
    try {
      return Files.isRegularFile(path)
          && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // reading the list reports it, or there are no such permissions
    }
  }

  private void report(List<Long> lines, Path directory) {
    if (!split.quiet()) {
      long all = lines.stream().mapToLong(Long::longValue).sum();
      console
          .err()
          .println(
              "%s in %s in %s, from %d to %d each"
                  .formatted(
                      Quantity.of(all, "entry"),
                      Quantity.of(lines.size(), "file"),
                      Console.printable(directory.toString()),
                      Collections.min(lines),
                      Collections.max(lines)));
    }
  }
}

package fetch.cli;

import fetch.Clock;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.cli.options.InputList;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.When;
import fetch.cli.progress.ProgressLine;
import fetch.cli.progress.Screen;
import fetch.cli.progress.TerminalWidth;
import fetch.cli.progress.Ticker;
import fetch.input.EntryCounter;
import fetch.input.EntryReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a run: on the last line of the terminal, kept apart from other output, or
 * in a line every few seconds. Does nothing and starts no thread if progress is off. Closing it,
 * also twice, clears the line. Safe for many threads.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final String NAME = "progress";
  private static final Path NOWHERE = Path.of("/dev/null");

  /** Shorter runs show no line, because it would vanish before it can be read. */
  private static final Duration SHORT_RUN = Duration.ofMillis(300);

  private static final Duration REDRAWING = Duration.ofMillis(100);
  private static final Duration TELLING = Duration.ofSeconds(10);
  private static final int MOST_COLUMNS = 1000;

  private final Console console;
  private final boolean countable;
  private final @Nullable Ticker ticker;
  private final @Nullable Screen screen;
  private final @Nullable TerminalWidth window;
  private volatile @Nullable EntryCounter total;

  private ProgressDisplay(
      Console console,
      boolean countable,
      @Nullable Ticker ticker,
      @Nullable Screen screen,
      @Nullable TerminalWidth window) {
    this.console = console;
    this.countable = countable;
    this.ticker = ticker;
    this.screen = screen;
    this.window = window;
  }

  /** Chooses a display by the options and the terminal. */
  static ProgressDisplay of(
      When when,
      OutputOptions output,
      InputList list,
      Console console,
      Map<String, String> environment) {
    boolean drawable = console.errIsTerminal() && !ColorPolicy.isDumb(environment);
    boolean countable = list.countable();
    if (when == When.NEVER
        || (when == When.AUTO && !(drawable && isWanted(output, list, console)))) {
      return new ProgressDisplay(console, countable, null, null, null);
    }
    if (!drawable) {
      return new ProgressDisplay(
          console, countable, new Ticker(NAME, TELLING, TELLING), null, null);
    }
    Screen screen = new Screen(console.err(), Clock.system());
    return new ProgressDisplay(
        above(screen, console),
        countable,
        new Ticker(NAME, SHORT_RUN, REDRAWING),
        screen,
        new TerminalWidth(environment));
  }

  /**
   * Whether to show progress. Not while the user types the list or reads the log, or if records may
   * reach the terminal through another process.
   */
  private static boolean isWanted(OutputOptions output, InputList list, Console console) {
    boolean typed = console.inIsTerminal() && list.readsStandardInput();
    return !output.quiet() && output.verbosity() < 2 && !typed && !isDevice(output.output());
  }

  private static boolean isDevice(@Nullable Path file) {
    return file != null
        && !file.equals(NOWHERE)
        && Files.exists(file)
        && !Files.isRegularFile(file);
  }

  private static Console above(Screen screen, Console console) {
    return new Console(
        console.in(),
        console.outIsTerminal() ? screen.records(console.out()) : console.out(),
        new PrintStream(screen.messages(console.err()), true, StandardCharsets.UTF_8),
        console.terminals());
  }

  /** The streams that the run must use. */
  Console console() {
    return console;
  }

  /** Whether it shows anything at all. */
  boolean isOn() {
    return ticker != null;
  }

  /**
   * Starts the display.
   *
   * @param tally the counts so far
   * @param read the number of entries, once the run has read them all
   * @param inFlight the number of attempts in flight
   * @param workers their limit; null if it is fixed
   * @param readers makes readers that count the entries in advance
   */
  void begin(
      Supplier<Tally> tally,
      Supplier<OptionalLong> read,
      IntSupplier inFlight,
      Supplier<@Nullable WorkersUsed> workers,
      Supplier<EntryReader> readers) {
    if (ticker == null) {
      return;
    }
    ProgressLine line = new ProgressLine();
    Runnable tick =
        () -> {
          OptionalLong entries = read.get();
          OptionalLong all = entries.isPresent() ? entries : counted(readers);
          show(line.update(tally.get(), all, inFlight.getAsInt(), workers.get(), columns()));
        };
    ticker.start(tick, () -> {});
  }

  private OptionalLong counted(Supplier<EntryReader> readers) {
    if (!countable) {
      return OptionalLong.empty();
    }
    EntryCounter counting = total;
    if (counting == null) {
      counting = new EntryCounter(readers.get());
      total = counting;
      Thread.ofPlatform().daemon().name("total").start(counting);
    }
    return counting.entries();
  }

  /** Without the last column: some terminals move to the next line after it. */
  private int columns() {
    return window == null ? MOST_COLUMNS : window.columns() - 1;
  }

  private void show(String line) {
    if (screen == null) {
      console.say(line);
    } else {
      screen.show(line);
    }
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.close();
    }
    if (screen != null) {
      screen.close();
    }
    EntryCounter counting = total;
    if (counting != null) {
      counting.stop();
    }
  }
}

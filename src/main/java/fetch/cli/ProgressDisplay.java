package fetch.cli;

import fetch.Clock;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.cli.options.InputList;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.When;
import fetch.cli.progress.ProgressLine;
import fetch.cli.progress.Screen;
import fetch.cli.progress.Ticker;
import fetch.cli.progress.Window;
import fetch.input.EntryReader;
import fetch.input.Total;
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
 * Shows a person how far a run has come: on the last line of the terminal, which it keeps apart
 * from all else that is written there, or now and then in a line of its own. Does nothing, on no
 * thread, where nobody is to see it. Closing it, which may be done twice, leaves nothing of it on a
 * terminal. Safe for many threads.
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
  private final @Nullable Window window;
  private volatile @Nullable Total total;

  private ProgressDisplay(
      Console console,
      boolean countable,
      @Nullable Ticker ticker,
      @Nullable Screen screen,
      @Nullable Window window) {
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
        new Window(environment));
  }

  /** Not while a person types the list, reads the log, or may see records pass us by. */
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

  /** The streams that the run is to use. */
  Console console() {
    return console;
  }

  /** Whether it will show anything at all. */
  boolean isOn() {
    return ticker != null;
  }

  /**
   * Begins to show something.
   *
   * @param tally what the run has come to
   * @param read how many entries there are, once the run has read them all
   * @param inFlight how many attempts are under way
   * @param workers how many may be; null where that does not change
   * @param readers makes readers of the entries, for them to be counted before
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
    Total counting = total;
    if (counting == null) {
      counting = new Total(readers.get());
      total = counting;
      Thread.ofPlatform().daemon().name("total").start(counting);
    }
    return counting.entries();
  }

  /** The last column stays free: some terminals go on to the next line after it. */
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
    Total counting = total;
    if (counting != null) {
      counting.stop();
    }
  }
}

package fetch.cli;

import fetch.cli.settings.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The entry point of the program. Start reading at {@link Run}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    ProcessExit exit = new ProcessExit();
    if (Collections.disjoint(Settings.ALONE, Arrays.asList(args))) {
      WarmUp.begin(exit);
    }
    exit.now(run(exit, args));
  }

  /** Runs the program on the process's own streams and returns its exit code. */
  static int run(ProcessExit exit, String... args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Console console = new Console(System.in, new FileOutputStream(FileDescriptor.out), err);
    int code;
    try {
      code = new FetchCommand(console, System.getenv(), () -> begin(exit)).execute(args);
    } catch (RuntimeException | Error e) {
      console.report(new BugReport(List.of()).of(e));
      code = ExitCode.BUG;
    }
    err.flush();
    return code;
  }

  /** Starts what a process needs once, however many runs it makes. */
  private static void begin(ProcessExit exit) {
    WarmUp.openJars();
    exit.expectPoller();
    HeapWatch.begin();
  }
}

package fetch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The entry point of the program. Start reading at {@link Run}. */
public final class Main {
  /** Options that end without a run. */
  private static final List<String> INFORMATION = List.of("--help", "-h", "--version", "-V");

  private Main() {}

  public static void main(String[] args) {
    ProcessExit exit = new ProcessExit();
    WarmUp warmUp = new WarmUp();
    if (Collections.disjoint(INFORMATION, Arrays.asList(args))) {
      warmUp.begin(exit);
    }
    exit.now(run(warmUp, exit, args));
  }

  /** Runs the program on the process's own streams and returns its exit code. */
  static int run(WarmUp warmUp, ProcessExit exit, String... args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Console console = new Console(System.in, new FileOutputStream(FileDescriptor.out), err);
    int code;
    try {
      code = new FetchCommand(console, System.getenv(), () -> begin(warmUp, exit)).execute(args);
    } catch (RuntimeException | Error e) {
      console.report(new BugReport(List.of()).of(e));
      code = ExitCode.BUG;
    }
    err.flush();
    return code;
  }

  /** Starts what a process needs once, however many runs it makes. */
  private static void begin(WarmUp warmUp, ProcessExit exit) {
    warmUp.openJars();
    exit.expectPoller();
    HeapWatch.begin();
  }
}

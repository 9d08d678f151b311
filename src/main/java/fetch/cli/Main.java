package fetch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program. Start reading at {@link Run}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, bug) -> Runtime.getRuntime().halt(bug(bug, err)));
    Console console = new Console(System.in, new FileOutputStream(FileDescriptor.out), err);
    int code;
    try {
      code = new FetchCommand(console, System.getenv()).execute(args);
    } catch (RuntimeException | Error e) {
      code = bug(e, err);
    }
    err.flush();
    System.exit(code);
  }

  /** Says that this is a bug of ours, in one line. */
  private static int bug(Throwable bug, PrintStream err) {
    StackTraceElement[] frames = bug.getStackTrace();
    String place = frames.length == 0 ? "" : " at " + frames[0];
    err.println("fetch: a bug in fetch, please report it: " + bug + place);
    return ExitCode.BUG;
  }
}

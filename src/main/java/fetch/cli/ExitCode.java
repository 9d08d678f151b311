package fetch.cli;

/** The exit codes of the program. */
final class ExitCode {
  static final int OK = 0;
  static final int SOME_FAILED = 1;
  static final int USAGE = 2;

  /** The input cannot be read or the output cannot be written. */
  static final int IO = 3;

  /** The deadline of the run was reached. */
  static final int DEADLINE = 4;

  static final int BUG = 70;

  /** Standard output was closed by its reader, as by {@code | head}. */
  static final int CLOSED_OUTPUT = 141;

  private ExitCode() {}

  /** The code of a program ended by a signal. */
  static int ofSignal(int number) {
    return 128 + number;
  }
}

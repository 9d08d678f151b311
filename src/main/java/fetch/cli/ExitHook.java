package fetch.cli;

/** Runs something if a signal ends the process before this is closed. */
record ExitHook(Thread thread) implements AutoCloseable {
  static ExitHook of(Runnable action) {
    ExitHook hook = new ExitHook(new Thread(action));
    try {
      Runtime.getRuntime().addShutdownHook(hook.thread());
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
    return hook;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}

package fetch;

import org.jspecify.annotations.Nullable;

/** Resources whose exhaustion ends the run. */
public enum ExhaustedResource {
  MEMORY,
  /** File descriptors that Java itself needs. */
  DESCRIPTORS;

  /** The resource whose lack caused an exception, null for any other cause. */
  public static @Nullable ExhaustedResource behind(Throwable thrown) {
    Throwable root = RootCause.of(thrown);
    if (root instanceof VirtualMachineError && !(root instanceof StackOverflowError)) {
      return MEMORY;
    }
    boolean isSaid = root.toString().contains("Too many open files");
    return isSaid || isOfTheRuntime(thrown) ? DESCRIPTORS : null;
  }

  /**
   * Whether a class of Java's sockets could not be initialized; a lack of descriptors is the only
   * known cause.
   */
  private static boolean isOfTheRuntime(Throwable thrown) {
    return thrown instanceof NoClassDefFoundError
        && String.valueOf(thrown.getMessage()).startsWith("Could not initialize class sun.nio.ch.");
  }
}

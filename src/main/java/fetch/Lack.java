package fetch;

import org.jspecify.annotations.Nullable;

/** What a machine may lack so much that the run ends. */
public enum Lack {
  MEMORY,
  /** Java itself cannot open what it needs. */
  DESCRIPTORS;

  /** The lack behind what was thrown, null when it is something else. */
  public static @Nullable Lack behind(Throwable thrown) {
    Throwable root = RootCause.of(thrown);
    if (root instanceof VirtualMachineError && !(root instanceof StackOverflowError)) {
      return MEMORY;
    }
    boolean isSaid = root.toString().contains("Too many open files");
    return isSaid || isOfTheRuntime(thrown) ? DESCRIPTORS : null;
  }

  /** Whether a class of Java's sockets could not be set up, which happens for no other reason. */
  private static boolean isOfTheRuntime(Throwable thrown) {
    return thrown instanceof NoClassDefFoundError
        && String.valueOf(thrown.getMessage()).startsWith("Could not initialize class sun.nio.ch.");
  }
}

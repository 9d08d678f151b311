package fetch.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process immediately.
 *
 * <p>{@link System#exit} waits up to 300 ms for threads in native code. The poller of virtual
 * threads' sockets always is: the wait took three quarters of the time of a short run. The C
 * library's {@code _exit} does not wait. Finding it takes 40 ms, on a thread of its own while the
 * first responses arrive.
 */
final class ProcessExit {
  /** Set to {@code orderly} to write what a JVM writes at its exit, such as a recording. */
  private static final String MANNER = "fetch.exit";

  private final FutureTask<@Nullable MethodHandle> exit = new FutureTask<>(ProcessExit::find);
  private volatile boolean prepared;

  /** Finds {@code _exit}, in the background. */
  void prepare() {
    prepared = true;
    Thread.ofPlatform().daemon().name("exit").start(exit);
  }

  @SuppressWarnings("restricted") // the launcher enables native access
  private static @Nullable MethodHandle find() {
    if (System.getProperty(MANNER, "").equals("orderly")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("_exit");
    return function
        .map(address ->
            linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)))
        .orElse(null);
  }

  /** Ends the process without flushing buffers. Does not return. */
  void now(int code) {
    if (prepared) {
      leave(code);
    }
    System.exit(code);
  }

  private void leave(int code) {
    try {
      MethodHandle handle = exit.get();
      if (handle != null) {
        handle.invokeExact(code);
      }
    } catch (Throwable e) {
      Runtime.getRuntime().halt(code);
    }
  }
}

package fetch.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process immediately.
 *
 * <p>{@link System#exit} waits up to 300 ms for threads in native code. The poller of virtual
 * threads' sockets always is: the wait took three quarters of the time of a short run. The C
 * library's {@code _exit} does not wait. Finding it takes 40 ms, so {@link WarmUp} does.
 */
final class ProcessExit {
  /** Set to {@code orderly} to write what a JVM writes at its exit, such as a recording. */
  private static final String MANNER = "fetch.exit";

  private final FutureTask<@Nullable IntConsumer> exit = new FutureTask<>(ProcessExit::find);
  private volatile boolean polled;

  /** Finds {@code _exit} before it is needed. Any thread may call this. */
  void prepare() {
    exit.run();
  }

  /** From now on, {@link #now} does not wait for the poller, which a run may start. */
  void expectPoller() {
    polled = true;
  }

  @SuppressWarnings("restricted") // the launcher enables native access
  private static @Nullable IntConsumer find() {
    if (System.getProperty(MANNER, "").equals("orderly")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    Optional<MemorySegment> function = library.find("_exit");
    if (function.isEmpty()) {
      return null;
    }
    MethodHandle call = linker.downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    // The first call takes 5 ms, the end of a run should not: srand only sets a seed.
    library.find("srand").ifPresent(harmless -> call(call, harmless, 1));
    return status -> call(call, function.get(), status);
  }

  private static void call(MethodHandle call, MemorySegment function, int argument) {
    try {
      call.invokeExact(function, argument);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process without flushing buffers. Does not return. */
  void now(int code) {
    if (polled) {
      leave(code);
    }
    System.exit(code);
  }

  private void leave(int code) {
    try {
      prepare(); // unless it is
      IntConsumer function = exit.get();
      if (function != null) {
        function.accept(code);
      }
    } catch (InterruptedException | ExecutionException | RuntimeException | Error e) {
      Runtime.getRuntime().halt(code);
    }
  }
}

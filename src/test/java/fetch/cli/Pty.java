package fetch.cli;

import fetch.cli.progress.FakeTerminal;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A pseudo-terminal of this machine (POSIX.1, {@code posix_openpt}) for a program to be started on,
 * with somebody who looks at it.
 */
@SuppressWarnings("restricted")
final class Pty implements AutoCloseable {
  private static final boolean LINUX = System.getProperty("os.name").contains("Linux");
  private static final int READ_AND_WRITE_BUT_DO_NOT_CONTROL = 2 | (LINUX ? 0x100 : 0x20000);
  private static final long SET_WINDOW_SIZE = LINUX ? 0x5414 : 0x80087467L;
  private static final int BUFFER_BYTES = 4096;

  private final Arena arena = Arena.ofShared();
  private final int master;
  private final File device;
  private final FakeTerminal screen;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * @param columns how wide it says it is
   */
  Pty(int columns) {
    this.screen = new FakeTerminal(columns);
    this.master =
        (int) call("posix_openpt", ValueLayout.JAVA_INT, READ_AND_WRITE_BUT_DO_NOT_CONTROL);
    call("grantpt", ValueLayout.JAVA_INT, master);
    call("unlockpt", ValueLayout.JAVA_INT, master);
    MemorySegment name = (MemorySegment) call("ptsname", ValueLayout.ADDRESS, master);
    this.device = new File(name.reinterpret(BUFFER_BYTES).getString(0));
    resize(columns);
    Thread.ofPlatform().daemon().name("pty").start(this::look);
  }

  private static Object call(String function, MemoryLayout result, Object... arguments) {
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      types[i] =
          switch (arguments[i]) {
            case Integer _ -> ValueLayout.JAVA_INT;
            case Long _ -> ValueLayout.JAVA_LONG;
            default -> ValueLayout.ADDRESS;
          };
    }
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor signature = FunctionDescriptor.of(result, types);
    Linker.Option[] options =
        function.equals("ioctl")
            ? new Linker.Option[] {Linker.Option.firstVariadicArg(2)}
            : new Linker.Option[0];
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().find(function).orElseThrow(), signature, options);
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(function, e);
    }
  }

  /** Says that it has another width from now on. */
  void resize(int columns) {
    MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
    size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) 24);
    size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
    if ((int) call("ioctl", ValueLayout.JAVA_INT, master, SET_WINDOW_SIZE, size) != 0) {
      throw new AssertionError("the terminal cannot be resized");
    }
  }

  private void look() {
    MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    long length = read(buffer);
    while (length > 0) {
      screen.write(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), 0, (int) length);
      length = read(buffer);
    }
    end.countDown();
  }

  private long read(MemorySegment buffer) {
    return (long) call("read", ValueLayout.JAVA_LONG, master, buffer, buffer.byteSize());
  }

  /** What programs open. */
  File device() {
    return device;
  }

  FakeTerminal screen() {
    return screen;
  }

  /** Waits until no program has it open any more, and all it said is on the screen. */
  void awaitEnd() throws InterruptedException {
    if (!end.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("somebody still has the terminal open");
    }
  }

  @Override
  public void close() {
    call("close", ValueLayout.JAVA_INT, master);
  }
}

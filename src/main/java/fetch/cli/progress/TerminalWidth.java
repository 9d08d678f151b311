package fetch.cli.progress;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the width of the terminal on standard error: from the system each time, as the user may
 * resize it, or from {@code COLUMNS}. For one thread.
 */
public final class TerminalWidth {
  private static final int USUAL_COLUMNS = 80;
  private static final int STANDARD_ERROR = 2;

  /** {@code struct winsize} has four of these: rows, columns, and the size in pixels. */
  private static final ValueLayout.OfShort NUMBER = ValueLayout.JAVA_SHORT;

  private static final long LINUX_REQUEST = 0x5413;
  private static final long BSD_REQUEST = 0x40087468;

  private final int asked;
  private @Nullable MethodHandle ioctl;
  private @Nullable MemorySegment size;
  private boolean looked;

  /**
   * @param environment of the process
   */
  public TerminalWidth(Map<String, String> environment) {
    this.asked = number(environment.getOrDefault("COLUMNS", ""));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** How many characters fit in a line. */
  public int columns() {
    int columns = asked > 0 ? asked : columnsOfTerminal();
    return columns > 0 ? columns : USUAL_COLUMNS;
  }

  private int columnsOfTerminal() {
    try {
      if (!looked) {
        looked = true;
        look();
      }
      if (ioctl == null || size == null) {
        return 0;
      }
      int result = (int) ioctl.invokeExact(STANDARD_ERROR, request(), size);
      return result == 0 ? Short.toUnsignedInt(size.getAtIndex(NUMBER, 1)) : 0;
    } catch (Throwable e) {
      return 0;
    }
  }

  @SuppressWarnings("restricted") // the launcher enables native access
  private void look() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("ioctl");
    if (function.isPresent()) {
      FunctionDescriptor signature =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS);
      ioctl = linker.downcallHandle(function.get(), signature, Linker.Option.firstVariadicArg(2));
      size = Arena.ofAuto().allocate(NUMBER, 4);
    }
  }

  private static long request() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    boolean linux = system.contains("linux") && !processor.startsWith("ppc");
    return linux ? LINUX_REQUEST : BSD_REQUEST;
  }
}

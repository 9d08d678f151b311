package fetch.http.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file descriptors available to the network.
 *
 * @param limit of the process in total
 * @param sockets how many of them may be sockets of exchanges at once
 * @param lookups how many name look-ups may be in progress at once
 */
public record Descriptors(int limit, int sockets, int lookups) {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final Pattern SOFT_LIMIT = Pattern.compile("Max open files +(\\d+)");

  /** The limit to which the JDK raises it, on systems that do not report it. */
  private static final int LIMIT_ELSEWHERE = 10_240;

  private static final int OPEN_ELSEWHERE = 64;

  /**
   * For output files, and for files that the runtime opens later: the jars, when the first class is
   * missing from the cache, and the pollers of virtual threads.
   */
  private static final int SPARE = 36;

  private static final int MOST_LOOKUPS = 64;

  /** No limit but the system's. */
  public static final Descriptors UNCOUNTED =
      new Descriptors(Integer.MAX_VALUE, Integer.MAX_VALUE, MOST_LOOKUPS);

  /** The descriptors that this process has left, as counted now. */
  public static Descriptors ofThisProcess() {
    try {
      return of(readLimit(), countOpen());
    } catch (IOException e) {
      return of(LIMIT_ELSEWHERE, OPEN_ELSEWHERE);
    }
  }

  /** The limits if each exchange may also have a file open. */
  public Descriptors sharedWithFiles() {
    return new Descriptors(limit, Math.max(2, sockets / 2), lookups);
  }

  static Descriptors of(int limit, int open) {
    int free = Math.max(4, limit - open - SPARE);
    int lookups = Math.clamp(free / 8, 1, MOST_LOOKUPS);
    return new Descriptors(limit, free - lookups, lookups);
  }

  /**
   * How many exchanges may be in flight at once. One socket in eight is reserved for trying a
   * second address while the first does not respond. Otherwise all could wait for first addresses,
   * and none would ever try the second.
   */
  public int workers() {
    return sockets - Math.ceilDiv(sockets, 8);
  }

  private static int readLimit() throws IOException {
    Matcher matcher = SOFT_LIMIT.matcher(Files.readString(LIMITS));
    return matcher.find()
        ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1)))
        : Integer.MAX_VALUE;
  }

  private static int countOpen() throws IOException {
    try (Stream<Path> descriptors = Files.list(OPEN)) {
      return (int) descriptors.count();
    }
  }
}

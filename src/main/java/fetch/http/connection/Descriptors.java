package fetch.http.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file descriptors that are left for the network.
 *
 * @param limit how many the process may have in all
 * @param sockets how many of them may be sockets of exchanges at once
 * @param lookups how many name look-ups may be under way at once
 */
public record Descriptors(int limit, int sockets, int lookups) {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final Pattern SOFT_LIMIT = Pattern.compile("Max open files +(\\d+)");

  /** What the JDK raises the limit to where the system does not tell. */
  private static final int LIMIT_ELSEWHERE = 10_240;

  private static final int OPEN_ELSEWHERE = 64;

  /**
   * For output files, and for what the runtime opens later: the jars, when the first class is
   * missing from the cache, and what virtual threads wait on.
   */
  private static final int SPARE = 36;

  private static final int MOST_LOOKUPS = 64;

  /** As many as the system gives. */
  public static final Descriptors UNCOUNTED =
      new Descriptors(Integer.MAX_VALUE, Integer.MAX_VALUE, MOST_LOOKUPS);

  /** What this process has, found out by looking. */
  public static Descriptors ofThisProcess() {
    try {
      return of(readLimit(), countOpen());
    } catch (IOException e) {
      return of(LIMIT_ELSEWHERE, OPEN_ELSEWHERE);
    }
  }

  /** What is left when each exchange may have a file open as well. */
  public Descriptors sharedWithFiles() {
    return new Descriptors(limit, Math.max(2, sockets / 2), lookups);
  }

  static Descriptors of(int limit, int open) {
    int free = Math.max(4, limit - open - SPARE);
    int lookups = Math.clamp(free / 8, 1, MOST_LOOKUPS);
    return new Descriptors(limit, free - lookups, lookups);
  }

  /**
   * How many exchanges may be under way at once. One socket in eight is left for trying a second
   * address while the first does not answer: were all of them waiting for first addresses, none
   * would ever get to the second.
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

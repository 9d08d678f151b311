package fetch.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the processor time and memory of this process. Outside Linux, all processor time counts
 * as user time, and memory is unknown.
 *
 * @param user seconds of processor time in the program
 * @param system seconds of processor time in the kernel; NaN when unknown
 * @param peakMemory peak resident memory in bytes; NaN if unknown
 */
public record ResourceUsage(double user, double system, double peakMemory) {
  static final ResourceUsage UNKNOWN = new ResourceUsage(Double.NaN, Double.NaN, Double.NaN);

  private static final Path STAT = Path.of("/proc/self/stat");
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Linux reports times to programs in this unit, whatever the kernel's clock. */
  private static final double TICKS_PER_SECOND = 100;

  /** The index of the user time among the fields after the program's name. */
  private static final int USER_TIME = 11;

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** Of this process. */
  public static ResourceUsage ofThisProcess() {
    try {
      return of(Files.readString(STAT), Files.readString(STATUS));
    } catch (IOException e) {
      return elsewhere();
    }
  }

  /** Parses the two files as described in proc(5). */
  static ResourceUsage of(String stat, String status) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    Matcher peak = PEAK.matcher(status);
    return new ResourceUsage(
        Long.parseLong(fields[USER_TIME]) / TICKS_PER_SECOND,
        Long.parseLong(fields[USER_TIME + 1]) / TICKS_PER_SECOND,
        peak.find() ? Long.parseLong(peak.group(1)) * 1024.0 : Double.NaN);
  }

  static ResourceUsage elsewhere() {
    Optional<Duration> time = ProcessHandle.current().info().totalCpuDuration();
    return time.map(total -> new ResourceUsage(total.toNanos() / 1e9, Double.NaN, Double.NaN))
        .orElse(UNKNOWN);
  }
}

package fetch.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has cost up to now. Where the system is not Linux, all processor time counts as
 * user time, and memory is not known.
 *
 * @param user seconds of processor time in the program
 * @param system seconds of processor time in the kernel; NaN when unknown
 * @param peakMemory bytes, the most that was resident; NaN when unknown
 */
public record ResourceUsage(double user, double system, double peakMemory) {
  static final ResourceUsage UNKNOWN = new ResourceUsage(Double.NaN, Double.NaN, Double.NaN);

  private static final Path STAT = Path.of("/proc/self/stat");
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Linux counts in these for programs, whatever the kernel's own clock is. */
  private static final double TICKS_PER_SECOND = 100;

  /** The place of the user time among the fields that follow the name of the program. */
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

  /** As proc(5) describes the two files. */
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

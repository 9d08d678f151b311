package fetch.cli.options;

import fetch.Tally;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of failures that fails the run.
 *
 * @param least the number, or the percentage of all entries
 */
public record FailIf(double least, boolean percentage) {
  private static final Pattern PATTERN = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(%?)");
  private static final double ALL = 100;

  /** {@code N} or {@code N%}. */
  public static FailIf parse(String text) {
    Matcher matcher = PATTERN.matcher(text.strip());
    boolean percentage = matcher.matches() && !matcher.group(2).isEmpty();
    double least = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    boolean sensible = percentage ? least <= ALL : least == Math.rint(least);
    if (least <= 0 || !sensible) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a number of failures such as 10, nor a share such as 5%");
    }
    return new FailIf(least, percentage);
  }

  public boolean fails(Tally tally) {
    return fails(tally.failed(), tally.urls());
  }

  public boolean fails(long failed, long urls) {
    return failed > 0 && (percentage ? ALL * failed / urls : failed) >= least;
  }

  /** In the syntax of {@link #parse}. The compiler's own method would cost each start 10 ms. */
  @Override
  public String toString() {
    return percentage ? least + "%" : String.valueOf((long) least);
  }
}

package fetch;

/**
 * How many requests a run allowed in flight, if their number follows the throughput.
 *
 * @param least the lowest limit so far
 * @param most the highest limit so far
 * @param last the limit now, or at the end
 */
public record WorkersUsed(int least, int most, int last) {
  /** Formats the numbers for people, such as {@code workers 8 to 96, 64 at the end}. */
  @Override
  public String toString() {
    return "workers " + least + (most > least ? " to " + most : "") + ", " + last + " at the end";
  }
}

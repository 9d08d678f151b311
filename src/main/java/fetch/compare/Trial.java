package fetch.compare;

/** One run of a setting, and what came of it. */
public record Trial(Setting setting, Outcome outcome) {
  /** How a run ended. */
  public sealed interface Outcome {}

  /**
   * It came to its end, whatever became of the URLs.
   *
   * @param seconds from the start of the process to its end
   */
  public record Measured(double seconds, Figures figures) implements Outcome {}

  /**
   * It did not, so that there is nothing to compare.
   *
   * @param exitCode of the process
   * @param reason in a few words
   */
  public record Failed(int exitCode, String reason) implements Outcome {}
}
